package io.waybill.core.upload.usecase;

import static io.waybill.core.fixture.Requests.file;
import static io.waybill.core.fixture.Requests.task;
import static io.waybill.core.fixture.World.code;
import static io.waybill.core.fixture.World.refusal;
import static io.waybill.core.fixture.World.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.core.Outage;
import io.waybill.core.Refusal;
import io.waybill.core.fixture.FaultyStore;
import io.waybill.core.fixture.Halt;
import io.waybill.core.fixture.World;
import io.waybill.core.idempotency.RequestKey;
import io.waybill.core.storage.ObjectStore.AbortOutcome;
import io.waybill.core.storage.ObjectStore.CreateOutcome;
import io.waybill.core.upload.Answer;
import io.waybill.core.upload.LifecycleEvent;
import io.waybill.core.upload.SessionStatus;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** An upload is given up: its parts go, a finished object never does. */
class AbortUploadTest {

  private final World world = new World();
  private final UUID session = world.start().sessionId();

  @Test
  void storage_drops_the_parts_and_the_repeated_call_answers_the_same() {
    world.put(session, 1);
    Answer.Aborted first = value(world.clients.abort(session, RequestKey.of("k")));
    assertThat(first).isEqualTo(new Answer.Aborted(session, SessionStatus.ABORTED, world.now()));
    assertThat(world.storage.openUploads()).isEmpty();
    world.advance(Duration.ofMinutes(1));
    assertThat(value(world.clients.abort(session, RequestKey.of("k")))).isEqualTo(first);
    assertThat(value(world.clients.abort(session))).isEqualTo(first);
    assertThat(world.timeline(session)).endsWith("upload.abort_requested", "upload.aborted");
  }

  @Test
  void a_paused_and_an_expired_upload_can_be_aborted() {
    value(world.clients.pause(session));
    value(world.clients.abort(session));
    UUID other = world.start().sessionId();
    world.advance(Duration.ofHours(25));
    value(world.clients.abort(other));
    UUID marked = world.start().sessionId();
    world.advance(Duration.ofHours(24));
    world.use.redrive().handle(10);
    assertThat(world.status(marked)).isEqualTo(SessionStatus.EXPIRED);
    value(world.clients.abort(marked));
  }

  @Test
  void an_upload_that_storage_never_opened_is_aborted_without_asking_it() {
    world.store.nextCreateAnswers(new CreateOutcome.Unavailable(FaultyStore.outage()));
    assertThat(code(world.clients.create(task(file("b", 1))))).isEqualTo("storage.unavailable");
    UUID initiating = world.database.facts().timeline(LifecycleEvent.class).getLast().sessionId();
    value(world.clients.abort(initiating));
    assertThat(world.store.calls()).doesNotContain("abort");
  }

  @Test
  void a_finished_object_is_never_deleted() {
    world.putAll(session);
    Answer.Completed completed = value(world.clients.complete(session));
    Refusal refusal = refusal(world.clients.abort(session));
    assertThat(refusal.code().code()).isEqualTo("upload.invalid_state");
    assertThat(refusal.details()).containsEntry("current_status", "COMPLETED");
    assertThat(value(world.clients.complete(session))).isEqualTo(completed);
  }

  @Test
  void an_upload_that_storage_no_longer_knows_is_aborted_when_there_is_no_object() {
    world.storage.purge(world.uploadId(session));
    value(world.clients.abort(session));
    assertThat(world.store.calls()).endsWith("abort", "head");
  }

  @Test
  void an_object_that_turns_up_makes_the_upload_complete_and_frees_the_key() {
    world.putAll(session);
    world.storage.complete(
        world.stored(session).upload().location(),
        world.uploadId(session),
        java.util.List.of(
            new io.waybill.core.storage.StoredPart(
                1, "", world.stored(session).upload().plan().fileSizeBytes(), world.now())));
    RequestKey key = RequestKey.of("k");
    Refusal refusal = refusal(world.clients.abort(session, key));
    assertThat(refusal.code().code()).isEqualTo("upload.invalid_state");
    assertThat(refusal.details()).containsEntry("current_status", "COMPLETED");
    assertThat(world.status(session)).isEqualTo(SessionStatus.COMPLETED);
    assertThat(refusal(world.clients.abort(session, key)).code().code())
        .isEqualTo("upload.invalid_state");
  }

  @Test
  void while_another_call_is_aborting_the_caller_is_told_to_wait() {
    world.points.arm(0);
    assertThatThrownBy(() -> world.clients.abort(session)).isInstanceOf(Halt.class);
    world.advance(Duration.ofSeconds(10));
    Refusal refusal = refusal(world.clients.abort(session));
    assertThat(refusal.code().code()).isEqualTo("upload.abort_in_progress");
    assertThat(refusal.retryAfterSeconds()).isEqualTo(20);
    world.advance(Duration.ofSeconds(20));
    value(world.clients.abort(session));
  }

  @Test
  void storage_that_does_not_answer_is_503_and_the_same_call_or_a_worker_goes_on() {
    world.store.nextAbort(FaultyStore.unreachable());
    assertThat(code(world.clients.abort(session, RequestKey.of("k"))))
        .isEqualTo("storage.unavailable");
    assertThat(world.status(session)).isEqualTo(SessionStatus.ABORTING);
    value(world.clients.abort(session, RequestKey.of("k")));

    UUID other = world.start().sessionId();
    world.store.nextAbort(FaultyStore.unreachable());
    assertThat(code(world.clients.abort(other))).isEqualTo("storage.unavailable");
    world.redriveAll();
    assertThat(world.status(other)).isEqualTo(SessionStatus.ABORTED);
  }

  @Test
  void an_outage_of_the_database_is_not_taken_for_storage_s() {
    world.store.nextAbort(FaultyStore.afterwards(() -> world.work.failNextWrite()));
    assertThatThrownBy(() -> world.clients.abort(session))
        .isInstanceOfSatisfying(
            Outage.class,
            outage -> assertThat(outage.code().code()).isEqualTo("database.unavailable"));
  }

  @Test
  void the_storage_abort_is_repeated_once_after_the_last_url_s_life() {
    value(world.clients.presign(session, 1));
    String uploadId = world.uploadId(session);
    value(world.clients.abort(session));
    world.redriveAll();
    assertThat(world.store.calls()).containsOnlyOnce("abort");

    world.store.nextAbort(real -> () -> AbortOutcome.ABORTED);
    world.advance(Duration.ofMinutes(15));
    world.redriveAll();
    assertThat(world.store.calls()).filteredOn("abort"::equals).hasSize(2);
    assertThat(world.stored(session).dueAt()).isEmpty();
    assertThat(world.uploadId(session)).isEqualTo(uploadId);
    assertThat(world.timeline(session)).endsWith("upload.aborted");
  }

  @Test
  void without_a_live_url_there_is_nothing_to_repeat() {
    value(world.clients.presign(session, 1));
    world.advance(Duration.ofMinutes(16));
    value(world.clients.abort(session));
    assertThat(world.stored(session).dueAt()).isEmpty();
  }
}
