package io.waybill.core.upload.usecase;

import static io.waybill.core.fixture.Requests.file;
import static io.waybill.core.fixture.Requests.task;
import static io.waybill.core.fixture.World.MIB;
import static io.waybill.core.fixture.World.code;
import static io.waybill.core.fixture.World.refusal;
import static io.waybill.core.fixture.World.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.Refusal;
import io.waybill.core.fixture.FaultyStore;
import io.waybill.core.fixture.Registry;
import io.waybill.core.fixture.World;
import io.waybill.core.idempotency.RequestKey;
import io.waybill.core.storage.ObjectStore.CreateOutcome;
import io.waybill.core.upload.Answer;
import io.waybill.core.upload.LastError;
import io.waybill.core.upload.LifecycleEvent;
import io.waybill.core.upload.NewTask;
import io.waybill.core.upload.ObjectStatus;
import io.waybill.core.upload.Session;
import io.waybill.core.upload.SessionStatus;
import io.waybill.core.upload.TaskStatus;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * Storage is silent, refuses or is slow while a task begins: the task stays one, and nothing is
 * left behind.
 */
class CreateInDoubtTest {

  private static final CreateOutcome NO =
      new CreateOutcome.Refused("KeyTooLongError", "the key is too long");
  private static final CreateOutcome NO_ANSWER =
      new CreateOutcome.Unavailable(FaultyStore.outage());

  private final World world = new World();

  private static CreateOutcome created(String uploadId) {
    return new CreateOutcome.Created(uploadId);
  }

  @Test
  void storage_that_does_not_answer_is_503_and_the_same_key_goes_on_with_the_same_task() {
    NewTask request = task(file("a", MIB), file("b", MIB));
    world.store.nextCreateAnswers(created("kept"), NO_ANSWER);
    Refusal refusal =
        refusal(world.clients.create(Registry.robot17(), RequestKey.of("k"), request));
    assertThat(refusal.code().code()).isEqualTo("storage.unavailable");
    assertThat(refusal.retryAfterSeconds()).isPositive();

    Answer.Task answer =
        value(world.clients.create(Registry.robot17(), RequestKey.of("k"), request));

    assertThat(world.uploadId(answer.objects().getFirst().sessionId())).isEqualTo("kept");
    assertThat(world.storage.openUploads()).hasSize(1);
    assertThat(tasks()).isEqualTo(1);
    assertThat(world.timeline(answer.objects().getLast().sessionId()))
        .containsExactly("upload.task_created", "upload.initiated");
  }

  private long tasks() {
    return world.database.facts().timeline(LifecycleEvent.class).stream()
        .filter(event -> event.type().code().equals("upload.task_created"))
        .map(event -> event.owner().taskId())
        .distinct()
        .count();
  }

  @Test
  void a_worker_finishes_what_storage_left_unanswered() {
    world.store.nextCreateAnswers(NO_ANSWER);
    assertThat(code(world.clients.create(task(file("a", MIB))))).isEqualTo("storage.unavailable");
    UUID sessionId = world.database.facts().timeline(LifecycleEvent.class).getFirst().sessionId();
    assertThat(world.use.redrive().handle(10).claimed()).isZero();

    world.advance(Duration.ofSeconds(30));
    world.redriveAll();

    assertThat(world.status(sessionId)).isEqualTo(SessionStatus.INITIATED);
  }

  @Test
  void a_file_that_storage_refuses_fails_and_says_why_while_the_others_go_on() {
    world.store.nextCreateAnswers(created("good"), NO);
    Answer.Task answer = value(world.clients.create(task(file("a", MIB), file("b", MIB))));
    Answer.TaskObject failed = answer.objects().getLast();
    assertThat(failed.status()).isEqualTo(ObjectStatus.FAILED);
    assertThat(failed.lastError())
        .isNotNull()
        .returns(LastError.Code.STORAGE_REFUSED, error -> error.code())
        .returns("storage said KeyTooLongError: the key is too long", error -> error.message());
    assertThat(answer.objects().getFirst().status()).isEqualTo(ObjectStatus.PENDING);
    assertThat(answer.status()).isEqualTo(TaskStatus.PROCESSING);
  }

  @Test
  void all_files_refused_is_storage_refused_and_the_key_is_free() {
    world.store.nextCreateAnswers(NO);
    RequestKey requestKey = RequestKey.of("k");
    Refusal refusal =
        refusal(world.clients.create(Registry.robot17(), requestKey, task(file("a", MIB))));
    assertThat(refusal.code().code()).isEqualTo("storage.refused");
    assertThat(refusal.details()).containsKey("task_id");

    value(world.clients.create(Registry.robot17(), requestKey, task(file("another", MIB))));
  }

  @Test
  void who_loses_the_race_for_a_session_aborts_the_upload_it_made() {
    world.store.nextCreate(FaultyStore.meanwhile(this::workerComesFirst));
    Answer.Task answer = value(world.clients.create(task(file("a", MIB))));
    UUID sessionId = answer.objects().getFirst().sessionId();
    assertThat(world.storage.openUploads()).containsExactly(world.uploadId(sessionId));
    assertThat(world.store.calls()).containsExactly("create", "create", "abort");
    assertThat(answer.objects().getFirst().status()).isEqualTo(ObjectStatus.PENDING);
  }

  private void workerComesFirst() {
    world.advance(Duration.ofSeconds(31));
    world.redriveAll();
  }

  @Test
  void a_late_refusal_does_not_free_the_key_of_a_task_that_a_worker_has_opened() {
    world.store.nextCreate(real ->
        () -> {
          workerComesFirst();
          return List.of(NO);
        });
    RequestKey requestKey = RequestKey.of("k");
    NewTask request = task(new NewTask.Presign(1, null, false), file("a", MIB));
    Answer.Task first = value(world.clients.create(Registry.robot17(), requestKey, request));
    Answer.Task again = value(world.clients.create(Registry.robot17(), requestKey, request));
    assertThat(again.taskId()).isEqualTo(first.taskId());
    assertThat(world.stored(first.objects().getFirst().sessionId()))
        .isInstanceOf(Session.Uploading.class);
    assertThat(tasks()).isEqualTo(1);
  }

  @Test
  void an_abort_in_between_leaves_no_upload_behind() {
    world.store.nextCreate(
        FaultyStore.afterwards(() -> {
          UUID sessionId =
              world.database.facts().timeline(LifecycleEvent.class).getFirst().sessionId();
          value(world.clients.abort(sessionId));
        }));
    Answer.Task answer = value(world.clients.create(task(file("a", MIB))));
    assertThat(answer.objects().getFirst().status()).isEqualTo(ObjectStatus.CANCELLED);
    assertThat(world.storage.openUploads()).isEmpty();
  }
}
