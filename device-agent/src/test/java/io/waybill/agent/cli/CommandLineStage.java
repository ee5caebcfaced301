package io.waybill.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.agent.Main;
import io.waybill.agent.testing.FakeServer;
import io.waybill.agent.testing.LoopbackStore;
import io.waybill.agent.upload.UploadListener;
import io.waybill.agent.upload.UploadStep;
import io.waybill.wire.Json;
import io.waybill.wire.Parsed;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** One file, a server and a store for it, and the command line between them. */
@Timeout(90)
abstract class CommandLineStage {

  private static final int PART = 64_000;

  @TempDir Path directory;
  final LoopbackStore store = new LoopbackStore();
  final FakeServer server = new FakeServer(store, PART);
  private final List<UploadStep> steps = new CopyOnWriteArrayList<>();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private UploadListener listener = steps::add;
  Path file;
  byte[] bytes;

  /** The environment that makes the agent speak this way. */
  abstract Map<String, String> road();

  /** The environment of the other way to the same server. */
  abstract Map<String, String> otherRoad();

  /** An address at which nobody is. */
  abstract Map<String, String> nowhere();

  @BeforeEach
  void aFile() throws IOException {
    file = directory.resolve("front camera.mcap");
    bytes = new byte[PART * 9 + 1];
    new Random(17).nextBytes(bytes);
    Files.write(file, bytes);
  }

  @AfterEach
  void close() {
    store.close();
  }

  int agent(Map<String, String> road, String... args) {
    Map<String, String> env = new HashMap<>(road);
    env.put("WAYBILL_AGENT_STATE_DIR", directory.resolve("state").toString());
    out.reset();
    err.reset();
    return Main.run(
        args,
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        env,
        step -> listener.step(step));
  }

  int upload(Map<String, String> road) {
    return agent(road, "upload", file.toString());
  }

  String said() {
    return out.toString(StandardCharsets.UTF_8) + err.toString(StandardCharsets.UTF_8);
  }

  JsonNode json() {
    return switch (Json.parse(out.toByteArray())) {
      case Parsed.Read<JsonNode>(JsonNode node) -> node;
      default -> throw new AssertionError("not JSON: " + said());
    };
  }

  String onlySession() {
    assertThat(server.sessions()).hasSize(1);
    return server.sessions().getFirst();
  }

  void interruptWhenStored(int parts, String... args) throws InterruptedException {
    Thread upload = Thread.ofPlatform().start(() -> agent(road(), args));
    listener =
        step -> {
          steps.add(step);
          if (step instanceof UploadStep.Stored
              && steps.stream().filter(UploadStep.Stored.class::isInstance).count() == parts) {
            upload.interrupt();
          }
        };
    upload.join(60_000);
    listener = steps::add;
  }

  long limit() {
    return json().get("uploads").get(0).get("max_bytes_per_second").longValue();
  }

  Map<String, String> nowhere(String patienceSeconds) {
    Map<String, String> impatient = new HashMap<>(nowhere());
    impatient.put("WAYBILL_AGENT_PATIENCE_SECONDS", patienceSeconds);
    return impatient;
  }
}
