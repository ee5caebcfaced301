package io.waybill.core.upload.usecase;

import static io.waybill.core.fixture.World.MIB;
import static io.waybill.core.fixture.World.code;
import static io.waybill.core.fixture.World.refusal;
import static io.waybill.core.fixture.World.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.core.Refusal;
import io.waybill.core.dataset.Dataset;
import io.waybill.core.dataset.DatasetStatus;
import io.waybill.core.fixture.FaultyStore;
import io.waybill.core.fixture.Halt;
import io.waybill.core.fixture.Registry;
import io.waybill.core.fixture.Requests;
import io.waybill.core.fixture.World;
import io.waybill.core.idempotency.RequestKey;
import io.waybill.core.storage.ObjectStore.CompleteOutcome;
import io.waybill.core.storage.ObjectStore.ListOutcome;
import io.waybill.core.storage.StoredObject;
import io.waybill.core.upload.Answer;
import io.waybill.core.upload.Limits;
import io.waybill.core.upload.Session;
import io.waybill.core.upload.SessionStatus;
import io.waybill.core.upload.TaskStatus;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Storage alone says what is there; an answer that is not clear is looked at until it is. */
class CompleteUploadTest {

  private static final CompleteOutcome LOST = new CompleteOutcome.Unknown("500 InternalError");

  private final World world = new World();
  private final Answer.TaskObject object = world.start();
  private final UUID session = object.sessionId();

  private DatasetStatus dataset() {
    return dataset(Registry.PROJECT, object.datasetId());
  }

  private DatasetStatus dataset(UUID projectId, UUID datasetId) {
    return world.database.read(
        tx -> tx.datasets().find(Registry.TENANT, projectId, datasetId).orElseThrow().status());
  }

  @Test
  void a_whole_upload_becomes_one_object_and_a_ready_dataset() {
    value(world.clients.presign(session, 1, 2, 3));
    world.putAll(session);
    Answer.Completed answer = value(world.clients.complete(session));

    assertThat(answer.status()).isEqualTo(SessionStatus.COMPLETED);
    assertThat(answer.objectSizeBytes()).isEqualTo(150 * MIB);
    assertThat(answer.etag()).isEqualTo("\"upload-1-etag\"");
    assertThat(answer.objectKey()).isEqualTo(object.objectKey());
    assertThat(answer.completedAt()).isEqualTo(world.now());
    assertThat(answer.warnings()).isEmpty();
    assertThat(dataset()).isEqualTo(DatasetStatus.READY);
    UUID taskId = world.stored(session).upload().owner().taskId();
    assertThat(
            value(world.use.getUploadTask().handle(Registry.robot17(), Registry.PROJECT, taskId))
                .status())
        .isEqualTo(TaskStatus.COMPLETED);
    assertThat(world.timeline(session)).endsWith("upload.complete_requested", "upload.completed");
    assertThat(value(world.clients.get(session)).missingPartCount()).isZero();
  }

  @Test
  void a_policy_that_validates_leaves_the_dataset_processing() {
    Answer.Task strict =
        value(
            world.clients.create(
                Registry.person(),
                RequestKey.NONE,
                Requests.in(Registry.STRICT_PROJECT, null, null, Requests.file("a", MIB))));
    UUID id = strict.objects().getFirst().sessionId();
    world.putAll(id);
    value(
        world
            .use
            .completeUpload()
            .handle(Registry.person(), RequestKey.NONE, Requests.complete(id)));
    UUID datasetId = strict.objects().getFirst().datasetId();
    assertThat(dataset(Registry.STRICT_PROJECT, datasetId)).isEqualTo(DatasetStatus.PROCESSING);
  }

  @Test
  void the_first_url_is_not_needed_parts_in_storage_are() {
    world.putAll(session);
    value(world.clients.complete(session));
  }

  @Test
  void complete_with_missing_parts_is_refused_and_names_them() {
    world.put(session, 2);
    Refusal refusal = refusal(world.clients.complete(session));
    assertThat(refusal.code().code()).isEqualTo("upload.missing_parts");
    assertThat(refusal.details())
        .containsEntry("session_id", session.toString())
        .containsEntry("missing_part_count", 2)
        .containsEntry("missing_part_numbers", java.util.List.of(1, 3));
    assertThat(world.timeline(session))
        .endsWith("upload.complete_requested", "upload.complete_refused");
  }

  @Test
  void of_very_many_missing_parts_the_first_thousand_are_named() {
    Answer.Task large =
        value(world.clients.create(Requests.task(Requests.file("a", 64 * MIB * 1500))));
    UUID id = large.objects().getFirst().sessionId();
    Map<String, Object> details = refusal(world.clients.complete(id)).details();
    assertThat(details).containsEntry("missing_part_count", 1500);
    assertThat((java.util.List<?>) details.getOrDefault("missing_part_numbers", Map.of()))
        .hasSize(1000);
  }

  @Test
  void a_refused_complete_puts_the_upload_back_where_it_was() {
    assertThat(code(world.clients.complete(session))).isEqualTo("upload.missing_parts");
    assertThat(world.status(session)).isEqualTo(SessionStatus.INITIATED);
    value(world.clients.presign(session, 1));
    assertThat(code(world.clients.complete(session))).isEqualTo("upload.missing_parts");
    assertThat(world.status(session)).isEqualTo(SessionStatus.UPLOADING);
    Answer.Paused paused = value(world.clients.pause(session));
    assertThat(code(world.clients.complete(session))).isEqualTo("upload.missing_parts");
    assertThat(value(world.clients.pause(session))).isEqualTo(paused);
  }

  @Test
  void acknowledgements_complete_nothing_and_are_corrected() {
    value(world.clients.acknowledge(session, Requests.part(1, 64 * MIB)));
    assertThat(code(world.clients.complete(session))).isEqualTo("upload.missing_parts");
    assertThat(value(world.clients.get(session)).uploadedPartCount()).isZero();
  }

  @Test
  void a_part_of_another_size_is_refused_and_named() {
    world.putAll(session);
    world.storage.put(world.uploadId(session), 2, 64 * MIB - 1);
    Refusal refusal = refusal(world.clients.complete(session));
    assertThat(refusal.code().code()).isEqualTo("upload.part_size_mismatch");
    assertThat(refusal.details()).containsEntry("part_numbers", java.util.List.of(2));
  }

  @Test
  void a_part_that_nobody_planned_is_refused_and_named() {
    world.putAll(session);
    world.storage.put(world.uploadId(session), 4, 1);
    assertThat(refusal(world.clients.complete(session)).details())
        .containsEntry("part_numbers", java.util.List.of(4));
    assertThat(world.store.calls()).doesNotContain("complete");
  }

  @Test
  void the_same_key_completes_once_the_missing_parts_are_there() {
    RequestKey key = RequestKey.of("finish");
    assertThat(code(world.clients.complete(session, key))).isEqualTo("upload.missing_parts");
    world.putAll(session);
    Answer.Completed answer = value(world.clients.complete(session, key));
    assertThat(value(world.clients.complete(session, key))).isEqualTo(answer);
  }

  @Test
  void a_repeated_complete_answers_the_same_body_with_the_key_without_it_and_much_later() {
    world.putAll(session);
    CompleteUpload.Request request =
        new CompleteUpload.Request(
            session, Map.of(1, "etag-1", 2, "\"other\"", 9, "\"what\""), null);
    Answer.Completed first =
        value(world.use.completeUpload().handle(Registry.robot17(), RequestKey.of("k"), request));
    assertThat(first.warnings()).containsExactly("part 2: storage has another ETag");
    world.advance(Duration.ofDays(3));
    assertThat(
            value(
                world.use.completeUpload().handle(Registry.robot17(), RequestKey.of("k"), request)))
        .isEqualTo(first);
    assertThat(
            value(world.use.completeUpload().handle(Registry.robot17(), RequestKey.NONE, request)))
        .isEqualTo(first);
  }

  @Test
  void a_checksum_given_at_the_end_is_kept_and_another_one_is_refused() {
    String sum = "ab".repeat(32);
    CompleteUpload.Request early = new CompleteUpload.Request(session, Map.of(), sum);
    assertThat(code(world.use.completeUpload().handle(Registry.robot17(), RequestKey.NONE, early)))
        .isEqualTo("upload.missing_parts");
    world.putAll(session);
    CompleteUpload.Request other = new CompleteUpload.Request(session, Map.of(), "cd".repeat(32));
    assertThat(code(world.use.completeUpload().handle(Registry.robot17(), RequestKey.NONE, other)))
        .isEqualTo("request.validation_failed");
    assertThat(world.status(session)).isNotEqualTo(SessionStatus.COMPLETING);
    value(world.use.completeUpload().handle(Registry.robot17(), RequestKey.NONE, early));
    UUID dataset = world.stored(session).upload().owner().datasetId();
    Dataset stored =
        world.database.read(
            tx -> tx.datasets().find(Registry.TENANT, Registry.PROJECT, dataset).orElseThrow());
    assertThat(stored.checksumSha256()).isEqualTo(sum);
  }

  @Test
  void warnings_are_the_same_when_storage_had_forgotten_the_parts_already() {
    world.putAll(session);
    value(world.clients.acknowledge(session, Requests.part(1, 64 * MIB)));
    CompleteUpload.Request request =
        new CompleteUpload.Request(session, Map.of(1, "\"mine\""), null);
    world.points.arm(completionHalf());
    assertThatThrownBy(
            () -> world.use.completeUpload().handle(Registry.robot17(), RequestKey.NONE, request))
        .isInstanceOf(Halt.class);
    world.advance(Duration.ofSeconds(31));
    Answer.Completed first =
        value(world.use.completeUpload().handle(Registry.robot17(), RequestKey.NONE, request));
    assertThat(
            value(world.use.completeUpload().handle(Registry.robot17(), RequestKey.NONE, request)))
        .isEqualTo(first);
    assertThat(first.warnings()).hasSize(1);
  }

  /** Commit of the intent, before and after list, before complete, after complete. */
  private static int completionHalf() {
    return 4;
  }

  @Test
  void while_another_call_is_completing_the_caller_is_told_to_wait() {
    world.putAll(session);
    world.points.arm(0);
    assertThatThrownBy(() -> world.clients.complete(session)).isInstanceOf(Halt.class);
    world.advance(Duration.ofSeconds(12));
    Refusal refusal = refusal(world.clients.complete(session));
    assertThat(refusal.code().code()).isEqualTo("upload.completion_in_progress");
    assertThat(refusal.retryAfterSeconds()).isEqualTo(18);
    assertThat(refusal.details()).containsEntry("retry_after_seconds", 18L);
  }

  @Test
  void after_the_lease_the_next_call_takes_over_and_finishes() {
    world.putAll(session);
    world.points.arm(0);
    assertThatThrownBy(() -> world.clients.complete(session)).isInstanceOf(Halt.class);
    world.advance(Duration.ofSeconds(30));
    value(world.clients.complete(session));
    assertThat(world.stored(session).upload().attempt()).isEqualTo(2);
  }

  @Test
  void a_heartbeat_keeps_the_lease_of_a_slow_completion_and_stops_when_it_is_lost() {
    Beating heartbeat = new Beating();
    World slow = new World(Limits.standard(), heartbeat);
    UUID id = slow.start().sessionId();
    slow.putAll(id);
    heartbeat.midway =
        renew -> {
          slow.advance(Duration.ofSeconds(29));
          assertThat(renew.get()).isTrue();
          slow.advance(Duration.ofSeconds(29));
          assertThat(code(slow.clients.complete(id))).isEqualTo("upload.completion_in_progress");
        };
    value(slow.clients.complete(id));
    assertThat(heartbeat.lastRenew().get()).as("after the end").isFalse();
  }

  @Test
  void who_was_overtaken_writes_nothing() {
    Beating heartbeat = new Beating();
    World slow = new World(Limits.standard(), heartbeat);
    UUID id = slow.start().sessionId();
    slow.putAll(id);
    heartbeat.midway =
        renew -> {
          slow.advance(Duration.ofSeconds(31));
          value(slow.clients.complete(id, RequestKey.of("faster")));
          assertThat(renew.get()).isFalse();
        };
    assertThat(code(slow.clients.complete(id))).isEqualTo("upload.completion_in_progress");
    assertThat(slow.timeline(id)).containsOnlyOnce("upload.completed");
    assertThat(slow.status(id)).isEqualTo(SessionStatus.COMPLETED);
  }

  @Test
  void a_success_whose_answer_was_lost_is_found_by_head() {
    world.putAll(session);
    world.store.nextComplete(FaultyStore.answerLost(LOST));
    value(world.clients.complete(session));
    assertThat(world.store.calls()).endsWith("list", "complete", "head");
  }

  @Test
  void an_unknown_answer_while_the_upload_is_still_there_stays_completing() {
    world.putAll(session);
    world.store.nextComplete(real -> () -> LOST);
    Refusal refusal = refusal(world.clients.complete(session));
    assertThat(refusal.code().code()).isEqualTo("storage.unavailable");
    assertThat(refusal.retryAfterSeconds()).isPositive();
    assertThat(world.status(session)).isEqualTo(SessionStatus.COMPLETING);
    assertThat(world.store.calls()).endsWith("complete", "head", "list");

    value(world.clients.complete(session));
  }

  @Test
  void an_object_of_another_size_is_not_ours() {
    world.putAll(session);
    world.store.nextComplete(real -> () -> LOST);
    world.store.nextHead(real -> () -> Optional.of(new StoredObject(1, "\"x\"", null)));
    assertThat(code(world.clients.complete(session))).isEqualTo("storage.unavailable");
    assertThat(world.status(session)).isEqualTo(SessionStatus.COMPLETING);
  }

  @Test
  void a_success_that_head_does_not_show_yet_stays_completing_and_is_found_later() {
    world.putAll(session);
    world.store.nextHead(real -> () -> Optional.empty());
    assertThat(code(world.clients.complete(session))).isEqualTo("storage.unavailable");
    value(world.clients.complete(session));
  }

  @Test
  void storage_that_does_not_answer_at_any_step_stays_completing() {
    world.putAll(session);
    world.store.nextList(FaultyStore.unreachable());
    assertThat(code(world.clients.complete(session))).isEqualTo("storage.unavailable");
    world.store.nextHead(FaultyStore.unreachable());
    assertThat(code(world.clients.complete(session))).isEqualTo("storage.unavailable");
    assertThat(world.status(session)).isEqualTo(SessionStatus.COMPLETING);
    value(world.clients.complete(session));
  }

  @Test
  void an_upload_that_storage_denies_twice_a_minute_apart_has_failed() {
    world.putAll(session);
    world.storage.purge(world.uploadId(session));
    assertThat(code(world.clients.complete(session))).isEqualTo("storage.unavailable");
    world.advance(Duration.ofSeconds(59));
    assertThat(code(world.clients.complete(session))).isEqualTo("storage.unavailable");
    world.advance(Duration.ofSeconds(1));
    assertThat(code(world.clients.complete(session))).isEqualTo("storage.upload_missing");
    assertThat(world.status(session)).isEqualTo(SessionStatus.FAILED);
    assertThat(world.stored(session).dueAt()).as("nothing to abort").isEmpty();
  }

  @Test
  void an_upload_that_is_seen_again_in_between_is_not_missing() {
    world.putAll(session);
    Supplier<ListOutcome> gone = ListOutcome.NoSuchUpload::new;
    world.store.nextList(real -> gone);
    assertThat(code(world.clients.complete(session))).isEqualTo("storage.unavailable");
    world.advance(Duration.ofSeconds(40));
    world.store.nextComplete(real -> () -> LOST);
    assertThat(code(world.clients.complete(session))).isEqualTo("storage.unavailable");
    world.advance(Duration.ofSeconds(40));
    world.store.nextList(real -> gone);
    assertThat(code(world.clients.complete(session))).isEqualTo("storage.unavailable");
    value(world.clients.complete(session));
  }

  @Test
  void an_upload_that_storage_forgot_because_it_had_completed_it_is_complete() {
    world.putAll(session);
    world.store.nextComplete(FaultyStore.answerLost(LOST));
    world.store.nextHead(FaultyStore.unreachable());
    assertThat(code(world.clients.complete(session))).isEqualTo("storage.unavailable");
    value(world.clients.complete(session));
    assertThat(world.store.calls()).endsWith("list", "head");
  }

  @Test
  void reconcile_repairs_an_upload_given_up_too_early() {
    world.putAll(session);
    String uploadId = world.uploadId(session);
    world.store.nextList(real -> ListOutcome.NoSuchUpload::new);
    assertThat(code(world.clients.complete(session))).isEqualTo("storage.unavailable");
    world.advance(Duration.ofSeconds(60));
    world.store.nextList(real -> ListOutcome.NoSuchUpload::new);
    assertThat(code(world.clients.complete(session))).isEqualTo("storage.upload_missing");

    assertThat(value(world.clients.reconcile(session)).status()).isEqualTo(SessionStatus.FAILED);
    Session failed = world.stored(session);
    world.storage.complete(
        failed.upload().location(),
        uploadId,
        java.util.List.of(
            new io.waybill.core.storage.StoredPart(1, "", 150 * MIB, Registry.BEGINNING)));
    assertThat(value(world.clients.reconcile(session)).status()).isEqualTo(SessionStatus.COMPLETED);
    assertThat(dataset()).isEqualTo(DatasetStatus.READY);
    value(world.clients.complete(session));
  }

  @Test
  void a_worker_completes_what_a_dead_call_began_and_waits_longer_each_time_storage_is_down() {
    world.putAll(session);
    world.points.arm(0);
    assertThatThrownBy(() -> world.clients.complete(session)).isInstanceOf(Halt.class);
    world.advance(Duration.ofSeconds(30));
    world.store.nextList(FaultyStore.unreachable());
    assertThat(world.use.redrive().handle(10)).isEqualTo(new Redrive.Round(1, 1));
    assertThat(world.use.redrive().handle(10)).isEqualTo(new Redrive.Round(0, 0));
    world.advance(Duration.ofSeconds(10));
    assertThat(world.use.redrive().handle(10)).isEqualTo(new Redrive.Round(1, 0));
    assertThat(world.status(session)).isEqualTo(SessionStatus.COMPLETED);
    assertThat(world.events(session).getLast().actor()).isEqualTo("worker");
  }
}
