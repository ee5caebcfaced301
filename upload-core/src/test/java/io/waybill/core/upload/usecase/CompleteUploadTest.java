package io.waybill.core.upload.usecase;

import static io.waybill.core.fixture.World.MIB;
import static io.waybill.core.fixture.World.code;
import static io.waybill.core.fixture.World.refusal;
import static io.waybill.core.fixture.World.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.Refusal;
import io.waybill.core.dataset.DatasetStatus;
import io.waybill.core.fixture.Registry;
import io.waybill.core.fixture.Requests;
import io.waybill.core.fixture.World;
import io.waybill.core.idempotency.RequestKey;
import io.waybill.core.upload.Answer;
import io.waybill.core.upload.SessionStatus;
import io.waybill.core.upload.TaskStatus;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** An open upload is completed: storage alone says what is there. */
class CompleteUploadTest {

  private final World world = new World();
  private final Answer.TaskObject object = world.start();
  private final UUID session = object.sessionId();

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
    assertThat(world.dataset(Registry.PROJECT, object.datasetId()).status())
        .isEqualTo(DatasetStatus.READY);
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
    assertThat(world.dataset(Registry.STRICT_PROJECT, datasetId).status())
        .isEqualTo(DatasetStatus.PROCESSING);
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
    assertThat(world.dataset(Registry.PROJECT, dataset).checksumSha256()).isEqualTo(sum);
  }
}
