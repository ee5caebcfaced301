package io.waybill.acceptance.containers;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.acceptance.site.Checkout;
import io.waybill.acceptance.site.Command;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code compose.yaml} with its anchors and merges as Compose resolves them. */
final class Composed {
  /** The broker's service. */
  static final String BROKER = arePublished() ? "emqx" : "mosquitto";

  private static final String MERGE = "<<";

  private Composed() {}

  /**
   * Whether the images of compose.yaml can be had as they are published: EMQX and MinIO. Where they
   * cannot, Mosquitto and a Ceph gateway take their places.
   */
  private static boolean arePublished() {
    return "published".equals(System.getenv("WAYBILL_TEST_COMPOSE"));
  }

  /** A command of Compose for a project with these secrets. */
  static String[] command(Path secrets, String project, String... arguments) {
    List<String> command = new ArrayList<>(List.of("docker", "compose", "-p", project));
    command.addAll(List.of("--env-file", secrets.toString(), "-f", "compose.yaml"));
    if (!arePublished()) {
      command.addAll(List.of("-f", "compose/ceph.yaml"));
    }
    command.addAll(List.of("--profile", BROKER, "--profile", "demo"));
    command.addAll(List.of(arguments));
    return command.toArray(String[]::new);
  }

  /** What Compose says of a file of secrets that lacks some; it must not go well. */
  static String saysOfSecrets(Path folder, String secrets) throws Exception {
    Path file = Files.writeString(folder.resolve("lacking.env"), secrets);
    return fails(Checkout.ROOT, command(file, "waybill-test-empty", "config"));
  }

  static JsonNode services() {
    return yaml("compose.yaml").path("services");
  }

  /** A file of this checkout. */
  static JsonNode yaml(String path) {
    try {
      Object file =
          new Load(LoadSettings.builder().build())
              .loadFromString(Files.readString(Checkout.ROOT.resolve(path)));
      return JsonMapper.shared().<JsonNode>valueToTree(merged(file));
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
    return Command.of(command).in(folder).run();
  }

  /** Runs a program, which must not go well; what it says. */
  static String fails(Path folder, String... command) throws IOException, InterruptedException {
    Command.Ended ended = Command.of(command).in(folder).end();
    assertThat(ended.exitCode()).as(ended.toString()).isNotZero();
    return ended.said();
  }

  /** Runs a program whose end tells nothing: Podman's engine says 0 for every container. */
  static String says(Path folder, String... command) {
    try {
      return Command.of(command).in(folder).end().said();
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(String.join(" ", command), e);
    }
  }
}
