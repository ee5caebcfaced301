package io.waybill.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.agent.Main;
import io.waybill.agent.testing.FakeApi;
import io.waybill.agent.testing.FakeServer;
import io.waybill.agent.testing.LoopbackStore;
import io.waybill.agent.testing.LoopbackStore.Fate;
import io.waybill.wire.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The agent as a process of its own, killed in the middle, again and again. */
class AgentKillTest {

  private static final int PART = 50_000;
  private static final int SCALE =
      Integer.parseInt(System.getenv().getOrDefault("WAYBILL_TEST_SCALE", "1"));
  private static final int KILLS = 4 * SCALE;

  /** Some are sent between one kill and the next, so there is always an upload to kill. */
  private static final int PARTS = 10 * KILLS;

  @TempDir Path directory;
  private final AtomicInteger puts = new AtomicInteger();
  private final LoopbackStore store = new LoopbackStore();
  private final FakeServer server = new FakeServer(store, PART);

  @Test
  void killed_at_any_moment_it_ends_with_the_same_object_and_sends_no_stored_part_again()
      throws Exception {
    Path file = directory.resolve("run.mcap");
    byte[] bytes = new byte[PART * PARTS];
    new Random(17).nextBytes(bytes);
    Files.write(file, bytes);
    store.script((session, part, attempt) -> {
      puts.incrementAndGet();
      LockSupport.parkNanos(20_000_000); // long enough to be caught in the middle
      return Fate.TAKE;
    });
    try (store;
        FakeApi api = new FakeApi(server)) {
      Map<String, Integer> mayNotGrow = new HashMap<>();
      Process agent = start(api, "upload", file.toString(), "--connections", "2");
      for (int kill = 0; kill < KILLS; kill++) {
        killAfterPuts(agent, (kill + 1) * PARTS / (KILLS + 1));
        remember(mayNotGrow);
        agent = start(api, "resume", "--connections", "2");
      }
      assertThat(agent.waitFor(120L * SCALE, TimeUnit.SECONDS)).isTrue();
      assertThat(agent.exitValue()).isZero();

      assertThat(server.asked(Command.CreateSession.class)).isNotEmpty();
      assertThat(server.sessions()).hasSize(1);
      String session = server.sessions().getFirst();
      assertThat(store.object(session)).isEqualTo(bytes);
      mayNotGrow.forEach((part, attempts) ->
          assertThat(store.attempts(session, Integer.parseInt(part)))
              .as("attempts at part %s, which was stored", part)
              .isEqualTo(attempts));
    }
  }

  private void killAfterPuts(Process agent, int number) throws InterruptedException {
    while (puts.get() < number && agent.isAlive()) {
      LockSupport.parkNanos(500_000);
    }
    agent.destroyForcibly().waitFor();
  }

  /** What is stored once nothing moves any more was confirmed, whoever was told of it. */
  private void remember(Map<String, Integer> mayNotGrow) {
    if (server.sessions().isEmpty()) {
      return;
    }
    String session = server.sessions().getFirst();
    while (store.underWay() > 0) {
      LockSupport.parkNanos(500_000);
    }
    for (int part : store.parts(session).keySet()) {
      mayNotGrow.putIfAbsent("" + part, store.attempts(session, part));
    }
  }

  private Process start(FakeApi api, String... args) throws IOException {
    List<String> command =
        new java.util.ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx32m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    command.addAll(List.of(args));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("agent.log").toFile());
    builder.environment().put("WAYBILL_AGENT_STATE_DIR", directory.resolve("state").toString());
    builder.environment().put("WAYBILL_AGENT_TRANSPORT", "http");
    builder.environment().put("WAYBILL_API_URL", api.url().toString());
    return builder.start();
  }
}
