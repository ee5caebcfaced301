package io.waybill.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** A directory in which far more lies than can be uploaded for a long time. */
class ManyFilesTest extends MachineStage {
  private static final int MANY = 50_000;

  @Test
  void of_fifty_thousand_files_some_are_queued_and_an_urgent_one_goes_first() throws Exception {
    Path many = Files.createDirectories(directory.resolve("many"));
    for (int n = 0; n < MANY; n++) {
      Files.write(many.resolve(n + ".bin"), new byte[] {(byte) n, (byte) (n >> 8)});
    }
    Path urgent = Files.createDirectories(directory.resolve("urgent"));
    Path fresh = file("fresh");
    AgentProcess daemon =
        AgentProcess.start(
            directory,
            apiUrl(),
            Map.of(
                "WAYBILL_AGENT_WATCH",
                "[{directory: %s, settle: rename, priority: 1}, {directory: %s, settle: rename, priority: 9}]"
                    .formatted(many, urgent)),
            "exec \"$@\"",
            "run");
    try {
      await(daemon, () -> names().size() > 20);
      Files.move(fresh, urgent.resolve("urgent.mcap"));
      await(daemon, () -> stored("urgent.mcap"));

      assertThat(names().size()).as("tasks before all had their turn").isLessThan(MANY);
      assertThat(manifests().size()).as("on the disk at once").isLessThan(1000);
      assertThat(daemon.err()).doesNotContain("OutOfMemory", "at io.");
    } finally {
      daemon.process().destroyForcibly().waitFor();
    }
  }

  private boolean stored(String name) {
    int at = names().indexOf(name);
    return at >= 0 && server.status(object(at)).equals("COMPLETED");
  }

  private interface Condition {
    boolean holds() throws IOException;
  }

  private static void await(AgentProcess daemon, Condition what) throws IOException {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
    while (!what.holds()) {
      if (System.nanoTime() > end || !daemon.process().isAlive()) {
        throw new AssertionError("it said: " + daemon.err());
      }
      LockSupport.parkNanos(5_000_000);
    }
  }
}
