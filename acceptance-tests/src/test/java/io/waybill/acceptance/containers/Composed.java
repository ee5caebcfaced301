package io.waybill.acceptance.containers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.acceptance.site.Checkout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code compose.yaml} with its anchors and merges as Compose resolves them. */
final class Composed {
  private static final String MERGE = "<<";

  private Composed() {}

  static JsonNode services() {
    try {
      Object file =
          new Load(LoadSettings.builder().build())
              .loadFromString(Files.readString(Checkout.ROOT.resolve("compose.yaml")));
      return JsonMapper.shared().<JsonNode>valueToTree(merged(file)).path("services");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Object merged(Object node) {
    if (node instanceof List<?> list) {
      return list.stream().map(Composed::merged).toList();
    }
    if (!(node instanceof Map<?, ?> map)) {
      return node;
    }
    Map<Object, Object> whole = new LinkedHashMap<>();
    if (map.get(MERGE) instanceof Map<?, ?> base) {
      whole.putAll((Map<?, ?>) merged(base));
    }
    map.forEach((key, value) -> {
      if (!key.equals(MERGE)) {
        whole.put(key, value == null ? "" : merged(value));
      }
    });
    return whole;
  }

  /** Runs a program, which must go well; what it says. */
  static String run(Path folder, String... command) throws IOException, InterruptedException {
    Ended ended = ended(folder, command);
    assertThat(ended.exitCode()).as(ended.said()).isZero();
    return ended.said();
  }

  /** Runs a program, which must not go well; what it says. */
  static String fails(Path folder, String... command) throws IOException, InterruptedException {
    Ended ended = ended(folder, command);
    assertThat(ended.exitCode()).as(ended.said()).isNotZero();
    return ended.said();
  }

  /** Runs a program whose end tells nothing: Podman's engine says 0 for every container. */
  static String says(Path folder, String... command) throws IOException, InterruptedException {
    return ended(folder, command).said();
  }

  private record Ended(int exitCode, String said) {}

  private static Ended ended(Path folder, String... command)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(List.of(command)).redirectErrorStream(true);
    Process process = builder.directory(folder.toFile()).start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
    assertThat(process.waitFor(20, TimeUnit.MINUTES)).isTrue();
    return new Ended(process.exitValue(), said);
  }
}
