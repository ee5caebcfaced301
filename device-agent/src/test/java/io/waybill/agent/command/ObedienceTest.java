package io.waybill.agent.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.agent.config.Key;
import io.waybill.agent.config.Limits;
import io.waybill.agent.config.Settings;
import io.waybill.agent.control.CommandRoad;
import io.waybill.agent.daemon.Daemon;
import io.waybill.agent.daemon.Metered;
import io.waybill.agent.daemon.Setup;
import io.waybill.agent.receipt.PinnedKeys;
import io.waybill.agent.spool.Manifest;
import io.waybill.agent.spool.Spool;
import io.waybill.agent.testing.DirectControlPlane;
import io.waybill.agent.testing.FakeServer;
import io.waybill.agent.testing.LoopbackStore;
import io.waybill.wire.DeviceCommandMessage;
import io.waybill.wire.DeviceNotice;
import io.waybill.wire.DeviceNotice.Result;
import io.waybill.wire.DeviceNotice.Status;
import io.waybill.wire.NoticeReader;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A daemon that is asked for things, and what it says of them. */
@Timeout(120)
class ObedienceTest {
  private static final int PART = 64_000;

  @TempDir private Path folder;
  private final LoopbackStore store = new LoopbackStore();
  private final FakeServer server = new FakeServer(store, PART);
  private final BlockingQueue<Result> said = new LinkedBlockingQueue<>();
  private final CommandRoad road = new CommandRoad();
  private @Nullable Thread daemon;
  private volatile boolean isHeard = true;
  private Path data = Path.of("");

  /** The same in every life. */
  private final Manifest.Owner owner =
      new Manifest.Owner("" + UUID.randomUUID(), "" + UUID.randomUUID(), "" + UUID.randomUUID());

  @BeforeEach
  void aFileAndADaemon() throws IOException {
    folder = folder.toRealPath();
    data = Files.createDirectories(folder.resolve("data"));
    Files.write(data.resolve("a.bin"), new byte[PART * 5]);
    road.open(this::heard);
    start("unlimited");
  }

  private CompletableFuture<?> heard(byte[] bytes) {
    if (!isHeard) {
      return CompletableFuture.failedFuture(new IllegalStateException("nobody is there"));
    }
    if (NoticeReader.result(bytes, 100_000) instanceof Result result) {
      said.add(result);
    }
    return CompletableFuture.completedFuture("taken");
  }

  private void start(String rate) {
    Settings settings = Settings.ofEnvironment(Map.of(Key.MAX_BYTES_PER_SECOND.env(), rate));
    daemon = Thread.ofPlatform().start(() -> run(settings));
  }

  private void run(Settings settings) {
    try {
      Spool spool = Spool.open(folder.resolve("state"), (path, why) -> {});
      DirectControlPlane plane = new DirectControlPlane(server);
      Roots roots = new Roots(List.of(data), List.of(spool.directory()));
      Setup.Log log =
          new Setup.Log() {
            @Override
            public void say(String line) {}

            @Override
            public void bug(Throwable bug) {
              throw new AssertionError(bug);
            }
          };
      try (Daemon it =
          new Daemon(
              new Setup(
                  spool,
                  owner,
                  plane,
                  List.of(),
                  Limits.of(settings),
                  Metered.never(),
                  PinnedKeys.of(settings),
                  null,
                  log,
                  step -> {},
                  new Obedience(
                      new Obedience.Place(
                          road, plane, spool, owner, roots, log::say, log::bug))))) {
        it.run();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // stopped
    } catch (ClosedByInterruptException e) {
      Thread.currentThread().interrupt(); // stopped while it looked at its disk
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @AfterEach
  void end() throws InterruptedException {
    stop();
    store.close();
  }

  private void stop() throws InterruptedException {
    Thread running = daemon;
    daemon = null;
    if (running != null) {
      running.interrupt();
      running.join(Duration.ofSeconds(20));
    }
  }

  private UUID ask(String command, Map<String, Object> payload) {
    UUID id = UUID.randomUUID();
    tell(id, command, payload, 3600);
    return id;
  }

  private void tell(UUID id, String command, Map<String, Object> payload, long seconds) {
    Instant now = Instant.now();
    road.heard(
        new DeviceCommandMessage(id, command, payload, now, now.plusSeconds(seconds), seconds)
            .encode());
  }

  private Result hear(UUID id, Status status) throws InterruptedException {
    Result result = said.poll(60, TimeUnit.SECONDS);
    if (result == null) {
      throw new AssertionError("nothing was said");
    }
    assertThat(result.commandId()).as("%s", result).isEqualTo(id);
    assertThat(result.status()).as("%s", result).isEqualTo(status);
    return result;
  }

  private void rejected(UUID id, String code) throws InterruptedException {
    DeviceNotice.Problem why = hear(id, Status.REJECTED).error();
    assertThat(why == null ? "" : why.code()).as("%s", why).isEqualTo(code);
  }

  private Map<String, Object> file(String name) {
    return Map.of("paths", List.of(data + "/" + name), "priority", 9, "task_name", "asked");
  }

  @Test
  void a_file_that_is_asked_for_is_stored_once_however_often_it_is_asked_for()
      throws InterruptedException {
    UUID id = ask("upload", file("*.bin"));
    hear(id, Status.ACCEPTED);
    Result done = hear(id, Status.DONE);
    assertThat(done.result()).containsEntry("files", 1L).containsKey("task_id");
    assertThat(server.sessions()).hasSize(1);

    tell(id, "upload", file("*.bin"), 3600);
    assertThat(hear(id, Status.DONE)).isEqualTo(done);

    stop();
    start("unlimited");
    tell(id, "upload", file("*.bin"), -5);
    assertThat(hear(id, Status.DONE)).as("after a restart").isEqualTo(done);
    assertThat(server.sessions()).hasSize(1);
  }

  @Test
  void what_could_not_be_said_is_said_by_the_next_life() throws InterruptedException, IOException {
    isHeard = false;
    UUID id = ask("upload", file("a.bin"));
    while (server.sessions().isEmpty()
        || !server.status(server.sessions().getFirst()).equals("COMPLETED")) {
      Thread.onSpinWait();
    }
    stop();
    isHeard = true;
    start("unlimited");
    Result first = said.poll(60, TimeUnit.SECONDS);
    if (first == null) {
      throw new AssertionError("nothing was said");
    }
    if (first.status() == Status.ACCEPTED) {
      hear(id, Status.DONE);
    }
    assertThat(first.commandId()).isEqualTo(id);
  }

  @Test
  void what_may_not_be_had_is_refused_with_its_code() throws Exception {
    Files.createDirectories(data.resolve("folder"));
    Files.createFile(data.resolve("empty"));
    int made = new ProcessBuilder("mkfifo", data + "/fifo").inheritIO().start().waitFor();
    assertThat(made).isZero();
    rejected(ask("upload", file("../state")), "path_outside_roots");
    rejected(ask("upload", file("fifo")), "not_a_file");
    rejected(ask("upload", file("folder")), "not_a_file");
    rejected(ask("upload", file("empty")), "empty_file");
    rejected(ask("upload", file("gone")), "path_not_found");
    rejected(ask("upload", file("*.gone")), "no_files");
    rejected(ask("upload", Map.of("paths", List.of("relative"))), "path_invalid");
    rejected(ask("upload", Map.of("paths", List.of(7))), "command_invalid");
    rejected(ask("upload", Map.of()), "command_invalid");
    rejected(
        ask("upload", Map.of("paths", List.of(data + "/a.bin"), "priority", 10)),
        "command_invalid");
    rejected(ask("format_disk", Map.of()), "command_unknown");
    rejected(ask("pause", Map.of()), "command_invalid");
    rejected(ask("pause", Map.of("session_id", "" + UUID.randomUUID())), "session_unknown");
    rejected(ask("abort", Map.of("task_id", "" + UUID.randomUUID())), "task_unknown");
    UUID late = UUID.randomUUID();
    tell(late, "upload", file("a.bin"), 0);
    rejected(late, "command_expired");
    road.heard("no JSON".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    assertThat(server.sessions()).isEmpty();
  }

  @Test
  void more_files_than_an_upload_has_are_refused() throws Exception {
    for (int n = 0; n <= Manifest.MAX_FILES; n++) {
      Files.writeString(data.resolve(n + ".txt"), "x");
    }
    rejected(ask("upload", file("*.txt")), "too_many_files");
  }

  @Test
  void what_there_is_can_be_listed() throws Exception {
    Files.createDirectories(data.resolve("folder"));
    Files.copy(Path.of("../seeds/robot-run-42.mcap"), data.resolve("run.mcap"));
    Result listed = hear(ask("list_files", Map.of()), Status.DONE);
    assertThat("" + listed.result().get("files"))
        .contains("path=" + data + "/a.bin")
        .contains("size_bytes=" + PART * 5)
        .contains("path=" + data + "/folder")
        .contains("start_time=2026-01-01T00:00:00Z, end_time=2026-01-01T00:01:05.998Z");
    assertThat(listed.result()).containsEntry("truncated", false);
    Map<String, Object> one = Map.of("paths", List.of(data.toString()), "limit", 1);
    assertThat(hear(ask("list_files", one), Status.DONE).result()).containsEntry("truncated", true);
    rejected(ask("list_files", Map.of("paths", List.of("/etc"))), "path_outside_roots");
  }

  @Test
  void an_upload_rests_goes_on_and_is_given_up() throws Exception {
    stop();
    start("60K");
    UUID upload = ask("upload", file("a.bin"));
    hear(upload, Status.ACCEPTED);
    while (server.sessions().isEmpty() || store.requests().isEmpty()) {
      Thread.onSpinWait();
    }
    String session = server.sessions().getFirst();
    Map<String, Object> it = Map.of("session_id", session, "cancel_inflight", true);
    hear(ask("pause", it), Status.DONE);
    assertThat(server.status(session)).isEqualTo("PAUSED");
    hear(ask("pause", it), Status.DONE);
    hear(ask("resume", it), Status.DONE);
    assertThat(server.status(session)).isEqualTo("UPLOADING");
    hear(ask("abort", it), Status.DONE);
    assertThat(server.status(session)).isEqualTo("ABORTED");
    Result failed = hear(upload, Status.FAILED);
    assertThat("" + failed.result().get("missing")).contains("state=aborted");
    hear(ask("abort", it), Status.DONE);
    rejected(ask("resume", it), "upload_finished");
  }
}
