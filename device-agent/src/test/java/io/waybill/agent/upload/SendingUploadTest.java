package io.waybill.agent.upload;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.agent.spool.Manifest;
import io.waybill.agent.testing.LoopbackStore.Fate;
import io.waybill.agent.upload.UploadEnd.Outcome;
import io.waybill.wire.Command;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An upload whose parts go, until they are stored and the object is whole. */
@Timeout(60)
class SendingUploadTest {

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
  void parts_are_acknowledged_in_batches_before_completing() throws Exception {
    stage.run(stage.plan(false));

    List<Command.AcknowledgePart> acks = stage.server.asked(Command.AcknowledgePart.class);
    assertThat(acks.stream().flatMap(a -> a.parts().stream()).map(Command.SentPart::partNumber))
        .containsExactlyInAnyOrderElementsOf(
            IntStream.rangeClosed(1, RunStage.PARTS).boxed().toList());
    assertThat(acks).hasSizeLessThan(RunStage.PARTS);
    assertThat(stage.server.asked().getLast()).isInstanceOf(Command.CompleteUpload.class);
  }

  @Test
  void faults_of_every_kind_end_in_the_same_object() throws Exception {
    Fate[] faults = {
      Fate.answer(503, "SlowDown"),
      Fate.answer(500, "InternalError"),
      Fate.answer(429, ""),
      Fate.answer(408, ""),
      new Fate.ResetMidBody(),
      new Fate.TakeAndReset(),
      new Fate.AnswerEarly(403, "AccessDenied"),
      Fate.answer(403, "AccessDenied"),
      Fate.answer(400, "RequestTimeout"),
      Fate.answer(400, "IncompleteBody"),
      Fate.answer(400, "BadDigest"),
      new Fate.Silence()
    };
    stage.store.script(
        (session, part, attempt) -> attempt == 1 ? faults[part % faults.length] : Fate.TAKE);

    UploadEnd end = stage.run(stage.plan(false));

    assertThat(end.outcome()).isEqualTo(Outcome.DONE);
    assertThat(stage.store.object(stage.onlySession())).isEqualTo(stage.bytes);
    assertThat(stage.steps(UploadStep.Again.class)).hasSizeGreaterThanOrEqualTo(RunStage.PARTS);
  }

  @Test
  void a_part_that_fails_often_is_sent_until_it_arrives() throws Exception {
    stage.store.script((session, part, attempt) ->
        part == 3 && attempt < 30 ? Fate.answer(503, "SlowDown") : Fate.TAKE);

    assertThat(stage.run(stage.plan(false)).outcome()).isEqualTo(Outcome.DONE);
    assertThat(stage.store.attempts(stage.onlySession(), 3)).isEqualTo(30);
  }

  @Test
  void three_refused_fresh_urls_of_a_part_make_the_file_wait_and_say_why() throws Exception {
    stage.store.script((session, part, attempt) ->
        part == 2 && attempt <= 3 ? Fate.answer(403, "AccessDenied") : Fate.TAKE);

    assertThat(stage.run(stage.plan(false)).outcome()).isEqualTo(Outcome.DONE);

    assertThat(stage.steps(UploadStep.Waiting.class))
        .first()
        .satisfies(w -> assertThat(w.reason()).contains("part 2", "403 AccessDenied", "three"));
    assertThat(
            stage.server.asked(Command.PresignParts.class).stream()
                .filter(p -> Optional.ofNullable(p.partNumbers()).orElse(List.of()).contains(2)))
        .hasSizeGreaterThanOrEqualTo(3);
  }

  @Test
  void bad_digest_is_read_again_once_and_then_stops_with_the_reason() throws Exception {
    stage.store.script(
        (session, part, attempt) -> part == 5 ? Fate.answer(400, "BadDigest") : Fate.TAKE);

    UploadEnd end = stage.run(stage.plan(false));

    assertThat(end.outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(stage.store.attempts(stage.onlySession(), 5)).isEqualTo(2);
    assertThat(end.manifest().files().getFirst().reason()).contains("part 5", "BadDigest");
  }

  @Test
  void a_store_that_forgot_the_upload_is_checked_with_the_server_and_the_object_retried()
      throws Exception {
    stage.store.script((session, part, attempt) -> {
      if (stage.server.sessions().size() == 1) {
        stage.server.fail(session, "storage.upload_missing");
        return Fate.answer(404, "NoSuchUpload");
      }
      return Fate.TAKE;
    });

    UploadEnd end = stage.run(stage.plan(false));

    assertThat(end.outcome()).isEqualTo(Outcome.DONE);
    assertThat(stage.server.sessions()).hasSize(2);
    assertThat(stage.store.object(stage.server.sessions().getLast())).isEqualTo(stage.bytes);
    assertThat(end.manifest().files().getFirst().retries()).isEqualTo(1);
  }

  @Test
  void parts_lost_before_completing_are_named_by_the_server_and_sent_again() throws Exception {
    AtomicInteger completes = new AtomicInteger();
    stage.server.script(command -> {
      if (command instanceof Command.CompleteUpload && completes.incrementAndGet() == 1) {
        stage.store.lose(stage.server.sessions().getFirst(), 7);
      }
      return Optional.empty();
    });

    assertThat(stage.run(stage.plan(false)).outcome()).isEqualTo(Outcome.DONE);
    assertThat(stage.store.object(stage.onlySession())).isEqualTo(stage.bytes);
    assertThat(stage.store.attempts(stage.onlySession(), 7)).isEqualTo(2);
  }

  @Test
  void a_pause_on_the_server_is_obeyed_until_it_is_resumed() throws Exception {
    stage.listener =
        step -> {
          stage.steps.add(step);
          if (step instanceof UploadStep.Stored stored && stored.part() == 4) {
            stage.server.become(stage.server.sessions().getFirst(), "PAUSED");
          }
          if (step instanceof UploadStep.Waiting) {
            stage.server.become(stage.server.sessions().getFirst(), "UPLOADING");
          }
        };
    stage.store.wire(in -> new SlowInput(in, 10));

    assertThat(stage.run(stage.plan(false)).outcome()).isEqualTo(Outcome.DONE);
    assertThat(stage.steps(UploadStep.Waiting.class)).isNotEmpty();
    assertThat(stage.steps(UploadStep.GoesOn.class)).isNotEmpty();
  }

  @Test
  void parts_go_on_with_the_urls_in_hand_while_the_server_is_away() throws Exception {
    stage.listener =
        step -> {
          stage.steps.add(step);
          if (step instanceof UploadStep.Opened) {
            stage.road.cut(true);
          }
        };

    UploadEnd end = stage.run(stage.plan(false));

    assertThat(end.outcome()).isEqualTo(Outcome.UNREACHABLE);
    assertThat(stage.store.parts(stage.onlySession())).hasSize(8);
    stage.road.cut(false);
    assertThat(stage.run(end.manifest()).outcome()).isEqualTo(Outcome.DONE);
    assertThat(stage.store.object(stage.onlySession())).isEqualTo(stage.bytes);
    assertThat(
            IntStream.rangeClosed(1, RunStage.PARTS)
                .map(p -> stage.store.attempts(stage.onlySession(), p)))
        .containsOnly(1);
  }

  @Test
  void a_paused_upload_does_not_wait_for_ever_for_a_server_that_is_away() throws Exception {
    stage.listener =
        step -> {
          stage.steps.add(step);
          if (step instanceof UploadStep.Opened) {
            stage.server.become(stage.server.sessions().getFirst(), "PAUSED");
          }
          if (step instanceof UploadStep.Waiting) {
            stage.road.cut(true);
          }
        };
    stage.store.wire(in -> new SlowInput(in, 10));

    assertThat(stage.run(stage.plan(false)).outcome()).isEqualTo(Outcome.UNREACHABLE);
  }

  @Test
  void the_session_is_extended_when_half_of_its_life_is_gone_by_the_servers_clock()
      throws Exception {
    stage.server.sessionLife(Duration.ofSeconds(2)).clockAhead(Duration.ofDays(400));
    stage.store.wire(in -> new SlowInput(in, 40));

    assertThat(stage.run(stage.plan(false)).outcome()).isEqualTo(Outcome.DONE);

    assertThat(stage.server.asked(Command.ExtendUpload.class)).isNotEmpty();
    assertThat(stage.steps(UploadStep.Warned.class))
        .anySatisfy(w -> assertThat(w.text()).contains("clock"));
  }

  @Test
  void urls_that_ran_out_are_asked_for_again() throws Exception {
    stage.server.urlLife(Duration.ofSeconds(1));
    stage.store.wire(in -> new SlowInput(in, 10));

    assertThat(stage.run(stage.plan(false)).outcome()).isEqualTo(Outcome.DONE);
    assertThat(stage.store.object(stage.onlySession())).isEqualTo(stage.bytes);
  }

  @Test
  void a_hold_on_this_machine_stops_parts_until_it_is_released() throws Exception {
    Manifest manifest = stage.plan(false);
    stage.spool.hold(manifest.uploadId());
    stage.listener =
        step -> {
          stage.steps.add(step);
          if (step instanceof UploadStep.Waiting) {
            stage.release(manifest.uploadId());
          }
        };

    assertThat(stage.run(manifest).outcome()).isEqualTo(Outcome.DONE);
    assertThat(stage.steps(UploadStep.Waiting.class)).hasSize(1);
  }
}
