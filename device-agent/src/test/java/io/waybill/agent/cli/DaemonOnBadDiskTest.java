package io.waybill.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.waybill.wire.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;

/**
 * The daemon whose state directory is on a disk that is full, or cannot be written to. The disk is
 * a small one in a mount namespace of the daemon's own, into which the test reaches.
 */
class DaemonOnBadDiskTest extends MachineStage {
  private static final String SMALL = "-t tmpfs -o size=256k,mode=700 tmpfs state";
  private static final String FULL = "(cat /dev/zero > state/filler 2> /dev/null || true) && ";
  private static final int PART = 64_000;

  private final List<AgentProcess> running = new ArrayList<>();
  private Path data = Path.of("");

  @BeforeEach
  void disk() throws Exception {
    boolean isAllowed =
        new ProcessBuilder("unshare", "-m", "true").inheritIO().start().waitFor() == 0;
    assumeTrue(
        isAllowed || System.getenv("CI") != null, "this user may not make a mount namespace");
    Files.createDirectories(directory.resolve("state"));
    data = Files.createDirectories(directory.resolve("data"));
  }

  @AfterEach
  void end() throws InterruptedException {
    for (AgentProcess each : running) {
      each.process().destroyForcibly().waitFor();
    }
  }

  /** Starts the daemon where this is mounted, and something was done. */
  private AgentProcess daemon(String mount, String then) throws IOException {
    String watch = "{directory: " + data + ", settle: rename}";
    AgentProcess daemon =
        AgentProcess.start(
            directory,
            apiUrl(),
            Map.of("WAYBILL_AGENT_WATCH", watch, "WAYBILL_AGENT_RESCAN", "1s"),
            "exec unshare -m sh -c 'mount " + mount + " && " + then + "exec \"$@\"' sh \"$@\"",
            "run");
    running.add(daemon);
    return daemon;
  }

  /** In the daemon's own namespace. */
  private static void there(AgentProcess daemon, String command) throws Exception {
    Process process =
        new ProcessBuilder("nsenter", "-m", "-t", "" + daemon.process().pid(), "sh", "-c", command)
            .inheritIO()
            .start();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(command).isZero();
  }

  private void drop(String name, int parts) throws IOException {
    Path fresh = Files.write(directory.resolve("fresh"), Arrays.copyOf(bytes, parts * PART));
    Files.move(fresh, data.resolve(name));
  }

  private interface Condition {
    boolean holds() throws IOException;
  }

  private void await(AgentProcess daemon, Condition what) throws IOException {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    while (!what.holds()) {
      if (System.nanoTime() > end || !daemon.process().isAlive()) {
        throw new AssertionFailedError("it said: " + daemon.err());
      }
      LockSupport.parkNanos(5_000_000);
    }
  }

  private long completed() {
    return server.sessions().stream()
        .filter(session -> server.status(session).equals("COMPLETED"))
        .count();
  }

  private String state() {
    return directory.resolve("state").toString();
  }

  @Test
  void started_on_a_full_disk_it_says_so_and_uploads_when_there_is_room() throws Exception {
    drop("run.mcap", 3);
    AgentProcess daemon = daemon(SMALL, FULL);
    await(daemon, () -> daemon.err().contains("No space left on device"));
    assertThat(server.sessions()).isEmpty();

    there(daemon, "rm " + state() + "/filler");
    await(daemon, () -> completed() == 1);
    assertThat(store.object(object(0))).isEqualTo(Arrays.copyOf(bytes, 3 * PART));
    assertThat(daemon.err().lines().filter(line -> line.contains("No space left")).count())
        .as("said, and not over and over")
        .isLessThan(20);
    assertThat(daemon.err()).doesNotContain("at io.");
  }

  @Test
  void a_disk_that_fills_up_stops_no_upload_and_makes_no_second_task() throws Exception {
    AgentProcess daemon = daemon(SMALL, "");
    await(daemon, () -> daemon.err().contains("watching"));
    hold(true);
    drop("run.mcap", 20);
    await(daemon, this::isInTheMiddle);
    there(daemon, "cat /dev/zero > " + state() + "/filler 2> /dev/null || true");
    hold(false);
    await(daemon, () -> completed() == 1);
    drop("next.mcap", 1);
    await(daemon, () -> daemon.err().contains("cannot be"));

    there(daemon, "rm " + state() + "/filler");
    await(daemon, () -> completed() == 2);
    assertThat(store.object(object(0))).isEqualTo(Arrays.copyOf(bytes, 20 * PART));
    assertThat(server.asked(Command.CreateSession.class)).hasSize(2);
    assertThat(daemon.err()).doesNotContain("at io.");
  }

  @Test
  void a_disk_that_nobody_may_write_to_is_a_sentence() throws Exception {
    AgentProcess.Ended refused = daemon("-t tmpfs -o ro tmpfs state", "").ended();

    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err()).contains("state directory", "Read-only file system");
    assertThat(refused.err().lines()).hasSize(1);
  }
}
