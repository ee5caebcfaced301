package io.waybill.agent.upload;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.agent.spool.FileState;
import io.waybill.agent.spool.Manifest;
import io.waybill.agent.testing.FakeServer;
import io.waybill.agent.upload.UploadEnd.Outcome;
import io.waybill.wire.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An upload of an earlier run: what it and its session have become meanwhile is found out first.
 */
@Timeout(60)
class TakenUpUploadTest {

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
  void a_second_run_sends_only_what_the_store_lacks() throws Exception {
    Manifest stopped = stage.stopAfter(5, false);
    int before =
        IntStream.rangeClosed(1, RunStage.PARTS)
            .map(p -> stage.store.attempts(stage.onlySession(), p))
            .sum();
    int stored = stage.store.parts(stage.onlySession()).size();

    UploadEnd end = stage.run(stopped);

    assertThat(end.outcome()).isEqualTo(Outcome.DONE);
    assertThat(stage.store.object(stage.onlySession())).isEqualTo(stage.bytes);
    assertThat(
            IntStream.rangeClosed(1, RunStage.PARTS)
                .map(p -> stage.store.attempts(stage.onlySession(), p))
                .sum())
        .isEqualTo(before + RunStage.PARTS - stored);
  }

  @Test
  void a_second_run_works_from_rows_as_well_as_from_ranges() throws Exception {
    Manifest stopped = stage.stopAfter(5, false);
    stage.server.rowsOnly();

    assertThat(stage.run(stopped).outcome()).isEqualTo(Outcome.DONE);
    assertThat(stage.store.object(stage.onlySession())).isEqualTo(stage.bytes);
  }

  @Test
  void what_the_manifest_believes_stored_and_the_store_lost_is_sent_again() throws Exception {
    Manifest stopped = stage.stopAfter(5, false);
    stage.store.lose(stage.onlySession(), 1);

    assertThat(stage.run(stopped).outcome()).isEqualTo(Outcome.DONE);
    assertThat(stage.store.object(stage.onlySession())).isEqualTo(stage.bytes);
  }

  @Test
  void an_expired_session_lives_on_with_its_parts_while_it_can() throws Exception {
    Manifest stopped = stage.stopAfter(5, false);
    stage.server.become(stage.onlySession(), "EXPIRED");

    assertThat(stage.run(stopped).outcome()).isEqualTo(Outcome.DONE);
    assertThat(stage.server.asked(Command.ExtendUpload.class)).hasSize(1);
    assertThat(stage.store.object(stage.onlySession())).isEqualTo(stage.bytes);
  }

  @Test
  void a_session_that_was_cleaned_up_is_started_over() throws Exception {
    Manifest stopped = stage.stopAfter(5, false);
    stage.server.cleanUp(stage.onlySession());

    assertThat(stage.run(stopped).outcome()).isEqualTo(Outcome.DONE);
    assertThat(stage.server.sessions()).hasSize(2);
    assertThat(stage.store.object(stage.server.sessions().getLast())).isEqualTo(stage.bytes);
  }

  @Test
  void a_session_that_somebody_aborted_is_not_started_over() throws Exception {
    Manifest stopped = stage.stopAfter(5, false);
    stage.server.become(stage.onlySession(), "ABORTED");

    UploadEnd end = stage.run(stopped);

    assertThat(end.outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(end.manifest().files().getFirst().state()).isEqualTo(FileState.ABORTED);
    assertThat(stage.server.sessions()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "auth.permission_denied",
        "device.not_found",
        "upload_session.not_found",
        "project.not_found",
        "storage.refused",
        "quota.bytes_exceeded",
        "a.code_of_tomorrow"
      })
  void whatever_the_server_refuses_of_an_open_session_for_now_is_waited_for(String code)
      throws Exception {
    Manifest stopped = stage.stopAfter(5, false);
    stage.patience = new UploadSettings.Patience(RunStage.quickly(), RunStage.LONG, RunStage.LONG);
    AtomicInteger refusals = new AtomicInteger();
    stage.server.script(command ->
        refusals.incrementAndGet() <= 3
            ? Optional.of(FakeServer.error(code, false, null))
            : Optional.empty());

    UploadEnd end = stage.run(stopped);

    assertThat(end.outcome()).isEqualTo(Outcome.DONE);
    assertThat(stage.store.object(stage.onlySession())).isEqualTo(stage.bytes);
    assertThat(stage.steps(UploadStep.Waiting.class))
        .first()
        .satisfies(w -> {
          assertThat(w.reason()).contains(code);
          assertThat(w.nextTry()).isNotNull();
        });
  }

  @Test
  void a_reconcile_that_storage_refused_is_no_list_and_nothing_is_sent_again() throws Exception {
    Manifest stopped = stage.stopAfter(5, false);
    int stored = stage.store.parts(stage.onlySession()).size();
    int before = stage.attempts();
    stage.patience = new UploadSettings.Patience(RunStage.quickly(), RunStage.LONG, RunStage.LONG);
    AtomicInteger lists = new AtomicInteger();
    stage.server.script(command ->
        command instanceof Command.ListParts && lists.incrementAndGet() <= 2
            ? Optional.of(FakeServer.error("storage.refused", false, null))
            : Optional.empty());

    assertThat(stage.run(stopped).outcome()).isEqualTo(Outcome.DONE);
    assertThat(stage.attempts()).isEqualTo(before + RunStage.PARTS - stored);
  }

  @Test
  void a_device_that_is_turned_away_keeps_its_uploads() throws Exception {
    Manifest stopped = stage.stopAfter(5, false);
    stage.server.script(command -> Optional.of(FakeServer.error("device.inactive", false, null)));

    UploadEnd end = stage.run(stopped);

    assertThat(end.outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(end.turnedAway()).contains("device.inactive");
    assertThat(stage.spool.unfinished()).hasSize(1);
    stage.server.script(command -> Optional.empty());
    assertThat(stage.run(end.manifest()).outcome()).isEqualTo(Outcome.DONE);
  }

  @Test
  void no_url_and_no_signature_is_ever_written_down() throws Exception {
    Manifest stopped = stage.stopAfter(5, false);

    assertThat(Files.readString(stage.spool.pathOf(stopped.uploadId())))
        .doesNotContain("http:", "Signature", "uploadId=");
  }
}
