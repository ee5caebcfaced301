package io.waybill.core.upload.usecase;

import static io.waybill.core.fixture.World.code;
import static io.waybill.core.fixture.World.refusal;
import static io.waybill.core.fixture.World.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.FieldError;
import io.waybill.core.fixture.FaultyStore;
import io.waybill.core.fixture.Registry;
import io.waybill.core.fixture.World;
import io.waybill.core.storage.ObjectStore.AbortOutcome;
import io.waybill.core.upload.Answer;
import io.waybill.core.upload.LastError;
import io.waybill.core.upload.ObjectStatus;
import io.waybill.core.upload.Session;
import io.waybill.core.upload.SessionAnswer;
import io.waybill.core.upload.SessionStatus;
import io.waybill.core.upload.TaskAnswer;
import io.waybill.core.upload.TaskStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Pause, resume, extend, and what the end of a session's life means. */
class PauseExtendTest {

  private final World world = new World();
  private final UUID session = world.start().sessionId();

  @Test
  void pause_keeps_the_parts_never_calls_storage_and_stops_urls() {
    value(world.clients.presign(session, 1));
    int calls = world.store.calls().size();
    Answer.Paused paused = value(world.clients.pause(session));
    assertThat(paused)
        .isEqualTo(new Answer.Paused(session, SessionStatus.PAUSED, world.now(), "the shift ends"));
    assertThat(world.store.calls()).hasSize(calls);
    assertThat(code(world.clients.presign(session, 2))).isEqualTo("upload.invalid_state");
    SessionAnswer shown = value(world.clients.get(session));
    assertThat(shown.pausedAt()).isEqualTo(paused.pausedAt());
    assertThat(shown.pauseReason()).isEqualTo("the shift ends");
  }

  @Test
  void a_second_pause_answers_as_the_first_did_and_leaves_no_trace() {
    Answer.Paused first = value(world.clients.pause(session));
    world.advance(Duration.ofMinutes(1));
    assertThat(value(world.clients.pause(session))).isEqualTo(first);
    assertThat(world.timeline(session)).containsOnlyOnce("upload.paused");
  }

  @Test
  void resume_takes_the_upload_up_and_answers_the_same_when_repeated() {
    value(world.clients.pause(session));
    world.advance(Duration.ofMinutes(1));
    Answer.Resumed first = value(world.clients.resume(session));
    assertThat(first).isEqualTo(new Answer.Resumed(session, SessionStatus.UPLOADING, world.now()));
    world.advance(Duration.ofMinutes(1));
    assertThat(value(world.clients.resume(session))).isEqualTo(first);
    assertThat(world.timeline(session)).containsOnlyOnce("upload.resumed");
    value(world.clients.presign(session, 1));
  }

  @Test
  void extend_moves_the_end_by_what_was_asked_and_keeps_the_state() {
    value(world.clients.pause(session));
    Instant end = world.stored(session).upload().expiresAt();
    Answer.Extended extended = value(world.clients.extend(session, 3600));
    assertThat(extended.expiresAt()).isEqualTo(end.plusSeconds(3600));
    assertThat(extended.expiresInSeconds()).isEqualTo(25 * 3600);
    assertThat(extended.status()).isEqualTo(SessionStatus.PAUSED);
  }

  @Test
  void extend_stays_within_the_policy_s_longest_life() {
    long most = Duration.ofDays(29).toSeconds();
    assertThat(extendCode(most + 1)).isEqualTo("upload.lifetime_exceeded");
    assertThat(extendCode(0)).isEqualTo("upload.lifetime_exceeded");
    assertThat(extendCode(-1)).isEqualTo("upload.lifetime_exceeded");
    value(world.clients.extend(session, most));
    assertThat(extendCode(1)).isEqualTo("upload.lifetime_exceeded");
  }

  private String extendCode(long seconds) {
    List<?> errors =
        (List<?>)
            refusal(world.clients.extend(session, seconds))
                .details()
                .getOrDefault("errors", List.of());
    return ((FieldError) errors.getFirst()).code();
  }

  @Test
  void a_session_past_its_end_is_expired_to_everybody_whether_or_not_a_worker_was_there() {
    value(world.clients.presign(session, 1));
    world.advance(Duration.ofHours(24));
    assertThat(world.status(session)).isEqualTo(SessionStatus.UPLOADING);
    expired();
    world.redriveAll();
    assertThat(world.status(session)).isEqualTo(SessionStatus.EXPIRED);
    assertThat(world.timeline(session)).endsWith("upload.expired");
    expired();
  }

  private void expired() {
    SessionAnswer shown = value(world.clients.get(session));
    assertThat(shown.status()).isEqualTo(SessionStatus.EXPIRED);
    assertThat(shown.expiresInSeconds()).isZero();
    assertThat(shown.lastError())
        .isNotNull()
        .returns(LastError.Code.UPLOAD_EXPIRED, error -> error.code());
    assertThat(code(world.clients.presign(session, 1))).isEqualTo("upload.expired");
    assertThat(code(world.clients.pause(session))).isEqualTo("upload.expired");
    assertThat(code(world.clients.resume(session))).isEqualTo("upload.expired");
    assertThat(code(world.clients.complete(session))).isEqualTo("upload.expired");
    UUID taskId = world.stored(session).upload().owner().taskId();
    TaskAnswer task =
        value(world.use.getUploadTask().handle(Registry.robot17(), Registry.PROJECT, taskId));
    assertThat(task.status()).isEqualTo(TaskStatus.FAILED);
    assertThat(task.failedObjectCount()).isEqualTo(1);
    assertThat(task.objects().getFirst().status()).isEqualTo(ObjectStatus.FAILED);
    assertThat(task.objects().getFirst().lastError())
        .isNotNull()
        .returns(LastError.Code.UPLOAD_EXPIRED, error -> error.code());
  }

  @Test
  void an_expired_session_is_extended_from_now_until_cleanup_begins() {
    world.advance(Duration.ofHours(25));
    world.redriveAll();
    Answer.Extended extended = value(world.clients.extend(session, 600));
    assertThat(extended.expiresAt()).isEqualTo(world.now().plusSeconds(600));
    assertThat(extended.status()).isEqualTo(SessionStatus.UPLOADING);
    world.putAll(session);
    value(world.clients.complete(session));
  }

  @Test
  void a_session_that_no_worker_has_marked_can_be_extended_too() {
    world.advance(Duration.ofHours(25));
    value(world.clients.extend(session, 600));
    value(world.clients.presign(session, 1));
  }

  @Test
  void cleanup_begins_two_hours_after_the_end() {
    world.put(session, 1);
    world.advance(Duration.ofHours(26).minusSeconds(1));
    world.redriveAll();
    assertThat(world.status(session)).isEqualTo(SessionStatus.EXPIRED);
    world.advance(Duration.ofSeconds(1));
    world.redriveAll();
    assertThat(world.status(session)).isEqualTo(SessionStatus.ABORTED);
    assertThat(world.storage.openUploads()).isEmpty();
    assertThat(code(world.clients.extend(session, 600))).isEqualTo("upload.invalid_state");
  }

  @Test
  void cleanup_that_storage_does_not_answer_comes_up_again() {
    world.advance(Duration.ofHours(26));
    world.use.redrive().handle(10);
    world.store.nextAbort(FaultyStore.unreachable());
    assertThat(world.use.redrive().handle(10)).isEqualTo(new Redrive.Round(1, 1));
    assertThat(world.status(session)).isEqualTo(SessionStatus.ABORTING);
    assertThat(world.use.redrive().handle(10).claimed()).isZero();
    world.advance(Duration.ofSeconds(60));
    world.redriveAll();
    assertThat(world.status(session)).isEqualTo(SessionStatus.ABORTED);
  }

  @Test
  void an_extension_that_comes_before_the_worker_s_write_wins() {
    world.advance(Duration.ofHours(24));
    world.work.beforeNextWrite(() -> value(world.clients.extend(session, 600)));
    world.use.redrive().handle(10);
    assertThat(world.stored(session)).isInstanceOf(Session.Uploading.class);
  }

  @Test
  void an_upload_that_is_being_completed_does_not_expire() {
    world.putAll(session);
    world.advance(Duration.ofHours(24).minusSeconds(1));
    world.store.nextList(FaultyStore.meanwhile(() -> world.advance(Duration.ofSeconds(5))));
    value(world.clients.complete(session));
  }

  @Test
  void workers_in_every_replica_do_a_thing_once() {
    value(world.clients.abort(session));
    UUID other = world.start().sessionId();
    world.advance(Duration.ofHours(24));
    assertThat(world.use.redrive().handle(10).claimed()).isEqualTo(1);
    world.store.nextAbort(
        FaultyStore.<AbortOutcome>meanwhile(
            () -> assertThat(world.use.redrive().handle(10).claimed()).isZero()));
    world.advance(Duration.ofHours(2));
    world.redriveAll();
    assertThat(world.timeline(other)).containsOnlyOnce("upload.aborted", "upload.expired");
  }
}
