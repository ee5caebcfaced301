package io.waybill.core.upload.usecase;

import static io.waybill.core.fixture.World.code;
import static io.waybill.core.fixture.World.refusal;
import static io.waybill.core.fixture.World.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.core.fixture.FaultyStore;
import io.waybill.core.fixture.Halt;
import io.waybill.core.fixture.Registry;
import io.waybill.core.fixture.World;
import io.waybill.core.idempotency.RequestKey;
import io.waybill.core.storage.ObjectStore.CreateOutcome;
import io.waybill.core.upload.Answer;
import io.waybill.core.upload.Limits;
import io.waybill.core.upload.ObjectStatus;
import io.waybill.core.upload.SessionStatus;
import io.waybill.core.upload.TaskAnswer;
import io.waybill.core.upload.TaskStatus;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** An object gets a new session with a key of its own; the old one is left to its end. */
class RetryObjectTest {

  private static final RequestKey KEY = RequestKey.of("again");

  private final World world = new World();
  private final Answer.TaskObject object = world.start();
  private final UUID session = object.sessionId();
  private final UUID taskId = world.stored(session).upload().owner().taskId();

  private TaskAnswer task() {
    return value(world.use.getUploadTask().handle(Registry.robot17(), Registry.PROJECT, taskId));
  }

  @Test
  void a_cancelled_object_starts_over_under_a_new_key() {
    value(world.clients.abort(session));
    assertThat(task().status()).isEqualTo(TaskStatus.CANCELLED);

    Answer.TaskObject retried = value(world.clients.retry(session, KEY));

    assertThat(retried.objectId()).isEqualTo(object.objectId());
    assertThat(retried.datasetId()).isEqualTo(object.datasetId());
    assertThat(retried.sessionId()).isNotEqualTo(session);
    assertThat(retried.objectKey()).isNotEqualTo(object.objectKey());
    assertThat(retried.partCount()).isEqualTo(object.partCount());
    assertThat(retried.status()).isEqualTo(ObjectStatus.PENDING);
    assertThat(task().status()).isEqualTo(TaskStatus.PENDING);
    assertThat(task().objects().getFirst().retryCount()).isEqualTo(1);
    assertThat(world.timeline(retried.sessionId()))
        .containsExactly("upload.object_retried", "upload.initiated");
    world.putAll(retried.sessionId());
    value(world.clients.complete(retried.sessionId()));
    assertThat(task().status()).isEqualTo(TaskStatus.COMPLETED);
  }

  @Test
  void the_same_key_makes_one_session_and_gives_one_answer() {
    value(world.clients.abort(session));
    Answer.TaskObject first = value(world.clients.retry(session, KEY));
    assertThat(value(world.clients.retry(session, KEY))).isEqualTo(first);
    assertThat(task().objects().getFirst().retryCount()).isEqualTo(1);
    assertThat(code(world.clients.retry(session, RequestKey.NONE)))
        .isEqualTo("upload.invalid_state");
  }

  @Test
  void an_expired_object_is_retried_and_its_old_upload_is_cleaned_up_at_once() {
    world.put(session, 1);
    String old = world.uploadId(session);
    world.advance(Duration.ofHours(24));
    Answer.TaskObject retried = value(world.clients.retry(session, RequestKey.NONE));
    assertThat(world.status(session)).isEqualTo(SessionStatus.ABORTING);
    world.redriveAll();
    assertThat(world.status(session)).isEqualTo(SessionStatus.ABORTED);
    assertThat(world.storage.openUploads())
        .doesNotContain(old)
        .containsExactly(world.uploadId(retried.sessionId()));
    assertThat(task().status()).isEqualTo(TaskStatus.PENDING);
  }

  @Test
  void storage_that_does_not_answer_is_503_and_the_same_key_goes_on_with_the_same_session() {
    value(world.clients.abort(session));
    world.store.nextCreateAnswers(new CreateOutcome.Unavailable(FaultyStore.outage()));
    assertThat(code(world.clients.retry(session, KEY))).isEqualTo("storage.unavailable");
    UUID made = task().objects().getFirst().sessionId();
    assertThat(value(world.clients.retry(session, KEY)).sessionId()).isEqualTo(made);
    assertThat(task().objects().getFirst().retryCount()).isEqualTo(1);
  }

  @Test
  void a_refused_retry_has_failed_and_the_key_is_free() {
    value(world.clients.abort(session));
    world.store.nextCreateAnswers(new CreateOutcome.Refused("KeyTooLongError", "no"));
    assertThat(code(world.clients.retry(session, KEY))).isEqualTo("storage.refused");
    assertThat(task().objects().getFirst().status()).isEqualTo(ObjectStatus.FAILED);
    value(world.clients.retry(session, KEY));
    assertThat(task().objects().getFirst().retryCount()).isEqualTo(2);
  }

  @Test
  void a_refusal_that_a_worker_heard_first_is_the_answer_of_the_repeated_call() {
    value(world.clients.abort(session));
    world.points.arm(0);
    assertThatThrownBy(() -> world.clients.retry(session, KEY)).isInstanceOf(Halt.class);
    world.advance(Duration.ofSeconds(31));
    world.store.nextCreateAnswers(new CreateOutcome.Refused("KeyTooLongError", "no"));
    world.redriveAll();
    assertThat(code(world.clients.retry(session, KEY))).isEqualTo("storage.refused");
  }

  @Test
  void a_late_refusal_is_nothing_against_the_upload_a_worker_has_opened() {
    value(world.clients.abort(session));
    world.store.nextCreate(real ->
        () -> {
          world.advance(Duration.ofSeconds(31));
          world.redriveAll();
          return List.of(new CreateOutcome.Refused("KeyTooLongError", "no"));
        });
    Answer.TaskObject retried = value(world.clients.retry(session, KEY));
    assertThat(world.status(retried.sessionId())).isEqualTo(SessionStatus.INITIATED);
    assertThat(value(world.clients.retry(session, KEY))).isEqualTo(retried);
  }

  @Test
  void a_retry_counts_as_an_open_upload() {
    World small = new World(Limits.standard().with(new Limits.Openings(1000, 1, 200)));
    UUID first = small.start().sessionId();
    value(small.clients.abort(first));
    small.start();
    assertThat(refusal(small.clients.retry(first, KEY)).details()).containsEntry("scope", "device");
  }

  @Test
  void an_object_of_another_task_is_not_found() {
    value(world.clients.abort(session));
    UUID otherTask = world.stored(world.start().sessionId()).upload().owner().taskId();
    assertThat(code(world.clients.retry(otherTask, object.objectId(), KEY)))
        .isEqualTo("upload_object.not_found");
  }
}
