package io.waybill.agent.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.agent.testing.FakeServer;
import io.waybill.agent.testing.LoopbackStore.Fate;
import io.waybill.wire.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** What is put into a watched directory arrives. */
class DaemonTest extends DaemonStage {

  private volatile boolean holding = true;

  @Test
  void files_arrive_as_they_are_those_before_the_start_and_those_after() throws Exception {
    Path before = drop("before.mcap", 3 * PART + 1);
    run("");
    awaitStored(1);
    Path after = drop("folder/after.mcap", PART);
    awaitStored(2);

    assertThat(store.object(stored().getFirst())).isEqualTo(Files.readAllBytes(before));
    assertThat(store.object(stored().getLast())).isEqualTo(Files.readAllBytes(after));
    assertThat(said()).contains("before.mcap: stored as bucket/");
  }

  @Test
  void what_arrived_is_not_sent_again_by_the_next_daemon() throws Exception {
    drop("one.mcap", PART);
    run("");
    awaitStored(1);
    stopDaemon();
    drop("two.mcap", PART);
    run("");
    awaitStored(2);

    assertThat(server.asked(Command.CreateSession.class))
        .extracting(create -> create.objects().getFirst().objectName())
        .containsExactly("one.mcap", "two.mcap");
  }

  @Test
  void what_was_begun_is_taken_up_by_the_next_daemon() throws Exception {
    Path file = drop("long.mcap", 6 * PART);
    store.script((session, part, attempt) -> {
      while (part > 2 && holding) {
        LockSupport.parkNanos(1_000_000);
      }
      return Fate.TAKE;
    });
    run("");
    await(() ->
        !server.sessions().isEmpty() && store.parts(server.sessions().getFirst()).size() == 2);
    stopDaemon();
    holding = false;
    run("");
    awaitStored(1);

    assertThat(server.sessions()).hasSize(1);
    assertThat(store.object(stored().getFirst())).isEqualTo(Files.readAllBytes(file));
  }

  @Test
  void an_upload_that_is_refused_keeps_no_other_back_and_is_tried_again() throws Exception {
    Path broken = drop("a-broken.mcap", PART);
    server.script(command ->
        command instanceof Command.CreateSession create
                && create.objects().getFirst().objectName().startsWith("a-broken")
            ? Optional.of(FakeServer.error("project.not_found", false, null))
            : Optional.empty());
    more.put("WAYBILL_AGENT_OPEN_UPLOADS", "1");
    run("");
    await(() -> said().contains("project.not_found") || server.asked().size() > 0);
    drop("fine.mcap", PART);
    awaitStored(1);

    assertThat(broken).exists();
    server.script(command -> Optional.empty());
    awaitStored(2);
  }

  @Test
  void a_directory_becomes_one_task() throws Exception {
    drop("run-1/a.mcap", PART);
    drop("run-1/b.mcap", PART);
    run(", group: directory");
    awaitStored(2);

    List<Command.CreateSession> tasks = server.asked(Command.CreateSession.class);
    assertThat(tasks).hasSize(1);
    assertThat(tasks.getFirst().taskName()).isEqualTo("run-1");
  }

  @Test
  void there_is_one_daemon_for_a_state_directory() throws Exception {
    run("");
    await(() -> said().contains("watching"));

    assertThat(agent("run")).isEqualTo(2);
    assertThat(said()).contains("another waybill-agent run works on the state directory");
  }

  @Test
  void a_file_goes_when_its_receipt_verifies_and_it_is_what_is_stored() throws Exception {
    Path file = drop("run.mcap", 3 * PART);
    byte[] bytes = Files.readAllBytes(file);
    run(", after_upload: delete");
    await(() -> Files.notExists(file));

    assertThat(store.object(stored().getFirst())).isEqualTo(bytes);
  }

  @Test
  void a_file_stays_when_nobody_has_looked_at_what_is_stored() throws Exception {
    server.seals(
        session -> installation.of(session, store.object(session).length, "client_reported", ""));
    Path file = drop("run.mcap", PART);
    run(", after_upload: delete");
    await(() -> said().contains("stay here: nobody has verified what is stored"));

    assertThat(file).exists();
    stopDaemon();
    assertThat(agent("status", "--local")).isZero();
    assertThat(said()).contains("run.mcap: the local file stays: nobody has verified");
  }

  @Test
  void a_file_that_changed_after_its_upload_stays_and_is_another_upload() throws Exception {
    Path file = drop("run.mcap", PART);
    run(", after_upload: delete, keep_for: 3s");
    awaitStored(1);
    Files.write(file, new byte[] {1, 2, 3});
    awaitStored(2);
    await(() -> said().contains("stays here: its size changed") || said().contains("not those"));

    assertThat(store.object(stored().getLast())).isEqualTo(new byte[] {1, 2, 3});
  }

  @Test
  void a_receipt_that_got_lost_is_asked_for_again() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    server.seals(session ->
        asked.incrementAndGet() == 1 ? null : installation.of(session, store.object(session)));
    Path file = drop("run.mcap", PART);
    run(", after_upload: delete");
    await(() -> Files.notExists(file));

    assertThat(server.asked(Command.CompleteUpload.class)).hasSize(2);
  }

  @Test
  void uploaded_files_move_and_never_over_others() throws Exception {
    Path uploaded = Files.createDirectories(temporary.resolve("uploaded"));
    Files.writeString(uploaded.resolve("run.mcap"), "an older recording");
    Path file = drop("run.mcap", PART);
    byte[] bytes = Files.readAllBytes(file);
    run(", after_upload: move, move_to: " + uploaded);
    await(() -> Files.notExists(file));

    assertThat(uploaded.resolve("run.mcap.1")).hasBinaryContent(bytes);
    assertThat(uploaded.resolve("run.mcap")).hasContent("an older recording");
  }

  @Test
  void the_oldest_uploaded_files_make_room_and_what_is_not_uploaded_never_does() throws Exception {
    Path oldest = drop("1.mcap", PART);
    more.put("WAYBILL_AGENT_RESCAN", "1s");
    run(", max_local_bytes: 100K");
    awaitStored(1);
    server.script(command ->
        command instanceof Command.CreateSession
            ? Optional.of(FakeServer.error("quota.bytes_exceeded", false, null))
            : Optional.empty());
    Path next = drop("2.mcap", PART);
    Path last = drop("3.mcap", PART);
    await(() -> Files.notExists(oldest));

    await(() -> said().contains("quota.bytes_exceeded"));
    assertThat(next).exists();
    assertThat(last).exists();
  }

  @Test
  void files_are_to_go_only_where_a_key_is_pinned() throws IOException {
    more.put("WAYBILL_AGENT_RECEIPT_KEYS", "");
    more.put("WAYBILL_AGENT_WATCH", "{directory: " + data + ", after_upload: delete}");

    assertThat(agent("run")).isEqualTo(2);
    assertThat(said()).contains("name the key in receipt.keys");
  }

  @Test
  void what_was_uploaded_by_hand_from_a_watched_directory_is_not_uploaded_again() throws Exception {
    Path file = drop("run.mcap", PART);
    assertThat(agent("upload", file.toString())).isZero();
    run("");
    drop("other.mcap", PART);
    awaitStored(2);

    assertThat(server.asked(Command.CreateSession.class)).hasSize(2);
  }

  @Test
  void while_the_schedule_pauses_nothing_is_sent() throws Exception {
    more.put("WAYBILL_AGENT_SCHEDULE", "{00:00-24:00: pause}");
    drop("run.mcap", PART);
    run("");
    await(() -> !server.sessions().isEmpty());
    stopDaemon();

    assertThat(store.parts(server.sessions().getFirst())).isEmpty();
    more.put("WAYBILL_AGENT_SCHEDULE", "{00:00-24:00: unlimited}");
    run("");
    awaitStored(1);
  }
}
