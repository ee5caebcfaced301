package io.waybill.core.upload.usecase;

import static io.waybill.core.fixture.Requests.file;
import static io.waybill.core.fixture.Requests.task;
import static io.waybill.core.fixture.World.MIB;
import static io.waybill.core.fixture.World.code;
import static io.waybill.core.fixture.World.refusal;
import static io.waybill.core.fixture.World.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.core.Refusal;
import io.waybill.core.access.Caller;
import io.waybill.core.fixture.Halt;
import io.waybill.core.fixture.Registry;
import io.waybill.core.fixture.World;
import io.waybill.core.idempotency.ReplyAddress;
import io.waybill.core.idempotency.RequestKey;
import io.waybill.core.idempotency.Scope;
import io.waybill.core.upload.Answer;
import io.waybill.core.upload.LifecycleEvent;
import io.waybill.core.upload.NewTask;
import io.waybill.core.upload.PresignAnswer;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The same key and the same request are one effect and one answer. */
class IdempotencyTest {

  private static final RequestKey KEY = RequestKey.of("k");

  private final World world = new World();
  private final NewTask request = task(file("a", 150 * MIB));

  private Answer.Task create(NewTask task) {
    return value(world.clients.create(Registry.robot17(), KEY, task));
  }

  @Test
  void the_same_request_is_answered_the_same_and_made_once() {
    Answer.Task first = create(request);
    world.advance(Duration.ofHours(20));
    assertThat(create(request)).isEqualTo(first);
    assertThat(world.storage.openUploads()).hasSize(1);
  }

  @Test
  void another_request_under_the_same_key_is_a_conflict() {
    create(request);
    assertThat(code(world.clients.create(Registry.robot17(), KEY, task(file("b", 1)))))
        .isEqualTo("idempotency.key_reused_with_different_request");
    UUID sessionId = create(request).objects().getFirst().sessionId();
    assertThat(code(world.clients.abort(sessionId, KEY)))
        .isEqualTo("idempotency.key_reused_with_different_request");
  }

  @Test
  void a_key_is_its_actor_s_alone() {
    UUID robots = create(request).taskId();
    Answer.Task persons = value(world.clients.create(Registry.person(), KEY, request));
    assertThat(persons.taskId()).isNotEqualTo(robots);
  }

  @Test
  void one_key_over_both_transports_makes_one_task() {
    Caller robot = Registry.robot17();
    Answer.Task overMqtt = create(request);
    Answer.Task overHttp =
        value(world.clients.create(Registry.http(robot.identity()), KEY, request));
    assertThat(overHttp).isEqualTo(overMqtt);
  }

  @Test
  void urls_do_not_make_a_request_another_one() {
    Answer.Task plain = create(request);
    Answer.Task withUrls = create(task(new NewTask.Presign(2, 60, true), file("a", 150 * MIB)));
    assertThat(withUrls.withoutUrls()).isEqualTo(plain);
    assertThat(withUrls.objects().getFirst().presigned()).isInstanceOf(PresignAnswer.Compact.class);
  }

  @Test
  void a_replay_signs_its_urls_anew_and_writes_down_that_it_did() {
    NewTask wish = task(new NewTask.Presign(2, null, false), file("a", 150 * MIB));
    PresignAnswer.Full first = urls(create(wish));
    world.advance(Duration.ofMinutes(30));
    PresignAnswer.Full again = urls(create(wish));
    assertThat(again.expiresAt()).isEqualTo(first.expiresAt().plus(Duration.ofMinutes(30)));
    assertThat(world.timeline(again.sessionId()))
        .containsSequence("upload.presign_issued", "upload.presign_issued");
  }

  private static PresignAnswer.Full urls(Answer.Task answer) {
    return (PresignAnswer.Full)
        java.util.Objects.requireNonNull(answer.objects().getFirst().presigned());
  }

  @Test
  void a_replay_gives_no_urls_where_the_state_forbids_them() {
    NewTask wish = task(new NewTask.Presign(2, null, false), file("a", 150 * MIB));
    UUID sessionId = create(wish).objects().getFirst().sessionId();

    value(world.clients.pause(sessionId));
    assertThat(create(wish).objects().getFirst().presigned()).isNull();

    value(world.clients.resume(sessionId));
    assertThat(create(wish).objects().getFirst().presigned()).isNotNull();

    world.advance(Duration.ofHours(24));
    assertThat(create(wish).objects().getFirst().presigned()).isNull();
  }

  @Test
  void a_replay_gives_no_urls_of_the_session_that_a_retry_has_put_in_its_place() {
    NewTask wish = task(new NewTask.Presign(2, null, false), file("a", 150 * MIB));
    UUID sessionId = create(wish).objects().getFirst().sessionId();
    value(world.clients.abort(sessionId));
    value(world.clients.retry(sessionId, RequestKey.NONE));
    Answer.TaskObject again = create(wish).objects().getFirst();
    assertThat(again.sessionId()).isEqualTo(sessionId);
    assertThat(again.presigned()).isNull();
  }

  @Test
  void a_replay_is_authorized_like_a_first_call() {
    create(request);
    Caller disowned =
        Registry.mqtt(
            Registry.granted(
                Registry.robot17().identity(),
                Registry.deny(
                    io.waybill.core.access.ResourceKind.TENANT,
                    Registry.TENANT,
                    io.waybill.core.access.Permission.UPLOAD_CREATE)));
    assertThat(code(world.clients.create(disowned, KEY, request)))
        .isEqualTo("auth.permission_denied");
  }

  @Test
  void while_the_first_call_is_at_work_others_are_told_to_wait() {
    dieAfterTheFirstCommit();
    world.advance(Duration.ofSeconds(10));
    Refusal refusal = refusal(world.clients.create(Registry.robot17(), KEY, request));
    assertThat(refusal.code().code()).isEqualTo("idempotency.request_in_progress");
    assertThat(refusal.retryAfterSeconds()).isEqualTo(20);
  }

  @Test
  void after_the_lease_the_same_key_goes_on_with_the_task_that_was_made() {
    dieAfterTheFirstCommit();
    UUID taskId = world.database.facts().timeline(LifecycleEvent.class).getFirst().owner().taskId();
    world.advance(Duration.ofSeconds(30));
    assertThat(create(request).taskId()).isEqualTo(taskId);
  }

  private void dieAfterTheFirstCommit() {
    world.points.arm(0);
    assertThatThrownBy(() -> create(request)).isInstanceOf(Halt.class);
  }

  @Test
  void a_refusal_frees_the_key_for_any_request() {
    assertThat(code(world.clients.create(Registry.robot17(), KEY, task(file("a", 0)))))
        .isEqualTo("request.validation_failed");
    create(request);

    UUID sessionId = world.start().sessionId();
    RequestKey other = RequestKey.of("other");
    assertThat(code(world.clients.complete(sessionId, other))).isEqualTo("upload.missing_parts");
    assertThat(value(world.clients.pause(sessionId, other)).sessionId()).isEqualTo(sessionId);
  }

  @Test
  void a_key_is_remembered_for_48_hours() {
    Answer.Task first = create(request);
    world.advance(Duration.ofHours(47));
    assertThat(create(request).taskId()).isEqualTo(first.taskId());
    world.advance(Duration.ofHours(1));
    assertThat(create(request).taskId()).isNotEqualTo(first.taskId());
  }

  @Test
  void a_request_id_is_remembered_for_one_hour() {
    RequestKey counter = new RequestKey("1", true, null, () -> {});
    UUID first = value(world.clients.create(Registry.robot17(), counter, request)).taskId();
    world.advance(Duration.ofMinutes(59));
    assertThat(value(world.clients.create(Registry.robot17(), counter, request)).taskId())
        .isEqualTo(first);
    world.advance(Duration.ofMinutes(1));
    assertThat(value(world.clients.create(Registry.robot17(), counter, request)).taskId())
        .isNotEqualTo(first);
  }

  @Test
  void without_a_key_every_call_is_a_new_one() {
    UUID first = value(world.clients.create(request)).taskId();
    assertThat(value(world.clients.create(request)).taskId()).isNotEqualTo(first);
  }

  @Test
  void a_replayed_pause_answers_as_it_did_although_the_upload_goes_on() {
    UUID sessionId = world.start().sessionId();
    Answer.Paused first = value(world.clients.pause(sessionId, KEY));
    value(world.clients.resume(sessionId));
    assertThat(value(world.clients.pause(sessionId, KEY))).isEqualTo(first);
    assertThat(world.status(sessionId)).isEqualTo(io.waybill.core.upload.SessionStatus.UPLOADING);
  }

  @Test
  void a_late_loser_of_the_lease_changes_nothing_about_the_answer() {
    Scope scope = new Scope(Registry.TENANT, Registry.robot17().identity().actor(), "k");
    Answer.Task first = create(request);
    Answer.Task late = value(world.clients.create(request));
    world.database.read(tx -> {
      tx.idempotency().remember(scope, CreateUploadTask.REMEMBERED, late, world.now());
      tx.idempotency().discard(scope);
      return scope;
    });
    assertThat(create(request)).isEqualTo(first);
  }

  @Test
  void the_transport_hears_of_the_commit_once_and_before_storage_is_asked() {
    AtomicInteger heard = new AtomicInteger();
    RequestKey requestKey =
        new RequestKey(
            "k",
            false,
            null,
            () ->
                assertThat(world.store.calls())
                    .as("calls at commit %s", heard.incrementAndGet())
                    .isEmpty());
    value(world.clients.create(Registry.robot17(), requestKey, request));
    assertThat(heard).hasValue(1);
  }

  @Test
  void a_request_whose_caller_died_is_owed_its_answer_until_it_is_given() {
    ReplyAddress address = new ReplyAddress("response", "{}");
    RequestKey requestKey = new RequestKey("k", true, address, () -> {});
    world.points.arm(0);
    assertThatThrownBy(() -> world.clients.create(Registry.robot17(), requestKey, request))
        .isInstanceOf(Halt.class);
    assertThat(world.all.idempotency().rememberedRequests().unanswered(10)).isEmpty();

    world.advance(Duration.ofSeconds(36));
    var owed = world.all.idempotency().rememberedRequests().unanswered(10);
    assertThat(owed).singleElement().returns(address, o -> o.reply());
    assertThat(world.all.idempotency().rememberedRequests().unanswered(10)).as("claimed").isEmpty();

    world.all.idempotency().rememberedRequests().answered(owed.getFirst().scope());
    world.advance(Duration.ofMinutes(5));
    assertThat(world.all.idempotency().rememberedRequests().unanswered(10)).isEmpty();
    world.advance(Duration.ofHours(1));
    assertThat(world.all.idempotency().rememberedRequests().forget(10)).isEqualTo(1);
  }
}
