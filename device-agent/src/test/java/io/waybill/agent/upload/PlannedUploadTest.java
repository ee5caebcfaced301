package io.waybill.agent.upload;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.agent.spool.FileEntry;
import io.waybill.agent.spool.FileState;
import io.waybill.agent.spool.Manifest;
import io.waybill.agent.testing.FakeServer;
import io.waybill.agent.testing.LoopbackStore.Fate;
import io.waybill.agent.transfer.Backoff;
import io.waybill.agent.upload.UploadEnd.Outcome;
import io.waybill.wire.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An upload that only this machine knows of: one task is made of it, once, or it is kept. */
@Timeout(60)
class PlannedUploadTest {

  @TempDir Path directory;
  private RunStage stage;

  @BeforeEach
  void stage() throws IOException {
    stage = new RunStage(directory);
  }

  @AfterEach
  void close() {
    stage.close();
  }

  @Test
  void a_file_arrives_whole_and_its_manifest_says_so() throws Exception {
    UploadEnd end = stage.run(stage.plan(false));

    assertThat(end.outcome()).isEqualTo(Outcome.DONE);
    assertThat(stage.store.object(stage.onlySession())).isEqualTo(stage.bytes);
    assertThat(stage.server.status(stage.onlySession())).isEqualTo("COMPLETED");
    assertThat(stage.spool.read(end.manifest().uploadId())).contains(end.manifest());
    assertThat(stage.steps(UploadStep.Completed.class)).hasSize(1);
  }

  @Test
  void the_first_urls_come_with_the_create_and_the_others_in_batches_just_ahead() throws Exception {
    stage.run(stage.plan(false));

    assertThat(stage.server.asked(Command.CreateSession.class)).hasSize(1);
    assertThat(stage.server.asked(Command.PresignParts.class))
        .isNotEmpty()
        .allSatisfy(p -> assertThat(p.encoding()).isEqualTo(Command.Encoding.COMPACT))
        .hasSizeLessThan(RunStage.PARTS - 4);
  }

  @Test
  void several_files_are_one_task_and_one_bad_file_does_not_hold_the_others() throws Exception {
    Path second =
        Files.write(directory.resolve("b.bin"), Arrays.copyOf(stage.bytes, RunStage.PART * 2));
    Path third = Files.write(directory.resolve("c.bin"), Arrays.copyOf(stage.bytes, 5));
    stage.listener =
        step -> {
          stage.steps.add(step);
          if (step instanceof UploadStep.Opened opened && opened.file().equals("b.bin")) {
            stage.store.script((session, part, attempt) ->
                session.equals(opened.sessionId())
                    ? Fate.answer(400, "EntityTooLarge")
                    : Fate.TAKE);
          }
        };

    UploadEnd end = stage.run(stage.plan(second, stage.file, third));

    assertThat(stage.server.asked(Command.CreateSession.class)).hasSize(1);
    assertThat(end.manifest().files())
        .extracting(FileEntry::state)
        .containsExactly(FileState.REFUSED, FileState.DONE, FileState.DONE);
    assertThat(end.manifest().files().getFirst().reason()).contains("400 EntityTooLarge");
    assertThat(end.outcome()).isEqualTo(Outcome.REFUSED);
  }

  @Test
  void a_crash_between_create_and_its_answer_makes_no_second_task() throws Exception {
    Manifest manifest = stage.plan(false);
    stage.server.answer(createOf(manifest), manifest.idempotencyKey());

    assertThat(stage.run(manifest).outcome()).isEqualTo(Outcome.DONE);
    assertThat(stage.server.sessions()).hasSize(1);
  }

  @Test
  void a_create_that_is_refused_for_now_holds_none_of_many_files_for_ever() throws Exception {
    Backoff apart = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(1));
    stage.patience = new UploadSettings.Patience(apart, RunStage.LONG, RunStage.LONG);
    Path[] files = new Path[20];
    for (int n = 0; n < files.length; n++) {
      files[n] = Files.write(directory.resolve(n + ".bin"), new byte[] {1, 2, 3});
    }
    AtomicInteger creates = new AtomicInteger();
    stage.server.script(command ->
        command instanceof Command.CreateSession && creates.incrementAndGet() <= 3
            ? Optional.of(FakeServer.error("auth.permission_denied", false, null))
            : Optional.empty());

    assertThat(stage.run(stage.plan(files)).outcome()).isEqualTo(Outcome.DONE);
    assertThat(creates).hasValue(4);
  }

  @Test
  void a_create_that_can_never_be_carried_out_ends_it_with_the_servers_own_words()
      throws Exception {
    stage.server.script(
        command -> Optional.of(FakeServer.error("request.validation_failed", false, null)));

    UploadEnd end = stage.run(stage.plan(false));

    assertThat(end.outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(end.manifest().files().getFirst().state()).isEqualTo(FileState.REFUSED);
    assertThat(end.manifest().files().getFirst().reason())
        .isEqualTo("request.validation_failed: as told");
  }

  @Test
  void not_now_is_asked_again_later() throws Exception {
    AtomicInteger refusals = new AtomicInteger();
    stage.server.script(command ->
        refusals.incrementAndGet() % 2 == 1
            ? Optional.of(FakeServer.error("storage.unavailable", true, 0L))
            : Optional.empty());

    assertThat(stage.run(stage.plan(false)).outcome()).isEqualTo(Outcome.DONE);
    assertThat(stage.store.object(stage.onlySession())).isEqualTo(stage.bytes);
  }

  @Test
  void rights_that_are_missing_now_end_the_run_and_never_the_upload() throws Exception {
    stage.server.script(
        command -> Optional.of(FakeServer.error("auth.permission_denied", false, null)));

    UploadEnd end = stage.run(stage.plan(false));

    assertThat(end.outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(end.turnedAway()).isEqualTo("auth.permission_denied: as told");
    assertThat(end.manifest().files().getFirst().state()).isEqualTo(FileState.PLANNED);
    assertThat(end.manifest().files().getFirst().waiting())
        .isNotNull()
        .satisfies(w -> assertThat(w.reason()).isEqualTo("auth.permission_denied: as told"));
    stage.server.script(command -> Optional.empty());
    assertThat(stage.run(end.manifest()).outcome()).isEqualTo(Outcome.DONE);
  }

  @Test
  void a_server_that_is_busy_for_longer_than_we_ask_has_refused_nothing() throws Exception {
    stage.server.script(
        command -> Optional.of(FakeServer.error("quota.open_uploads_exceeded", true, 0L)));

    UploadEnd end = stage.run(stage.plan(false));

    assertThat(end.outcome()).isEqualTo(Outcome.UNREACHABLE);
    assertThat(end.unreachable()).contains("quota.open_uploads_exceeded");
    stage.server.script(command -> Optional.empty());
    assertThat(stage.run(end.manifest()).outcome()).isEqualTo(Outcome.DONE);
  }

  @Test
  void a_file_that_is_not_in_the_task_ends_instead_of_waiting_for_it() throws Exception {
    Manifest manifest = stage.plan(false).withTask(UUID.randomUUID().toString());

    UploadEnd end = stage.run(manifest);

    assertThat(end.outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(end.manifest().files().getFirst().reason()).contains("waybill-agent upload");
  }

  @Test
  void a_defect_on_the_road_ends_the_run_instead_of_leaving_it_waiting() throws Exception {
    Manifest manifest = stage.plan(false);
    stage.server.script(command -> {
      throw new IllegalStateException("a bug");
    });

    org.assertj.core.api.Assertions.assertThatThrownBy(() -> stage.run(manifest))
        .isInstanceOf(IllegalStateException.class);
    assertThat(stage.spool.unfinished()).hasSize(1);
  }

  private static Command.CreateSession createOf(Manifest manifest) {
    return new Command.CreateSession(
        UUID.fromString(manifest.projectId()),
        manifest.taskName(),
        "device",
        null,
        null,
        null,
        manifest.files().stream()
            .map(f ->
                new Command.NewObject(
                    null,
                    f.objectName(),
                    f.stamp().sizeBytes(),
                    null,
                    null,
                    null,
                    java.util.Map.of()))
            .toList(),
        java.util.Map.of(),
        null);
  }
}
