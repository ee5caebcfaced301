package io.waybill.core.upload.usecase;

import static io.waybill.core.fixture.Requests.file;
import static io.waybill.core.fixture.Requests.task;
import static io.waybill.core.fixture.World.MIB;
import static io.waybill.core.fixture.World.code;
import static io.waybill.core.fixture.World.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.dataset.Dataset;
import io.waybill.core.dataset.DatasetStatus;
import io.waybill.core.fixture.FaultyStore;
import io.waybill.core.fixture.Halt;
import io.waybill.core.fixture.Registry;
import io.waybill.core.fixture.World;
import io.waybill.core.idempotency.RequestKey;
import io.waybill.core.project.StoragePolicy;
import io.waybill.core.storage.ChecksumAlgorithm;
import io.waybill.core.storage.ChecksumMode;
import io.waybill.core.storage.FinishedObjects.CopyOutcome;
import io.waybill.core.storage.ObjectLocation;
import io.waybill.core.storage.Protection;
import io.waybill.core.upload.Answer;
import io.waybill.core.upload.AnswerLimit;
import io.waybill.core.upload.NewTask;
import io.waybill.core.upload.ObjectStatus;
import io.waybill.core.upload.SessionStatus;
import io.waybill.core.upload.TaskAnswer;
import io.waybill.core.upload.TaskStatus;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What the project has already, proven, is copied by the store and sent by nobody. */
class InstantUploadTest {

  private static final String SUM = "5e".repeat(32);
  private static final Duration CLAIM_IS_OVER = Duration.ofSeconds(61);

  private World world = instantWorld();
  private Dataset source = verified(world);

  /** One whose policy allows instant uploads. */
  private static World instantWorld() {
    World world = new World();
    world.database.addPolicy(Registry.TENANT, instant(Registry.policy(), true));
    return world;
  }

  private static StoragePolicy instant(StoragePolicy policy, boolean isAllowed) {
    return new StoragePolicy(
        policy.storagePolicyId(),
        policy.endpointRef(),
        policy.bucket(),
        policy.defaultPartSizeBytes(),
        policy.urlLife(),
        policy.sessionLife(),
        policy.maxSessionLife(),
        policy.contentTypes(),
        policy.validationRequired(),
        policy.protection(),
        isAllowed);
  }

  private static NewTask.File summed(String name, long sizeBytes) {
    return new NewTask.File(null, name, sizeBytes, null, null, SUM, Map.of());
  }

  /** A dataset of a megabyte whose sum is more than its client's word. */
  private static Dataset verified(World world) {
    UUID session = only(value(world.clients.create(task(summed("first", MIB))))).sessionId();
    world.putAll(session);
    value(world.clients.complete(session));
    UUID id = world.stored(session).upload().owner().datasetId();
    Dataset dataset = world.dataset(Registry.PROJECT, id);
    world.database.commit(tx -> {
      tx.verifiedChecksums()
          .keep(
              Twins.verified(
                  world.stored(session).upload(),
                  SUM,
                  Objects.requireNonNull(dataset.object()),
                  world.now()));
      return dataset;
    });
    return dataset;
  }

  private static Answer.TaskObject only(Answer.Task task) {
    return task.objects().getFirst();
  }

  private Answer.TaskObject again() {
    return only(value(world.clients.create(task(summed("again", MIB)))));
  }

  private TaskAnswer taskOf(Answer.TaskObject object) {
    UUID taskId = world.stored(object.sessionId()).upload().owner().taskId();
    return value(world.use.getUploadTask().handle(Registry.robot17(), Registry.PROJECT, taskId));
  }

  private ObjectLocation place(Answer.TaskObject object) {
    return world.stored(object.sessionId()).upload().location();
  }

  @Test
  void the_store_copies_it_and_the_object_counts_as_done() {
    Answer.Task made =
        value(
            world.clients.create(task(new NewTask.Presign(2, null, false), summed("again", MIB))));
    Answer.TaskObject object = only(made);
    assertThat(object.instant()).isTrue();
    assertThat(object.status()).isEqualTo(ObjectStatus.PENDING);
    assertThat(object.presigned()).isNull();
    assertThat(code(world.clients.presign(object.sessionId(), 1)))
        .isEqualTo("upload.invalid_state");

    world.redriveAll();

    assertThat(world.status(object.sessionId())).isEqualTo(SessionStatus.COMPLETED);
    assertThat(value(world.clients.get(object.sessionId())).instant()).isTrue();
    TaskAnswer task = taskOf(object);
    assertThat(task.status()).isEqualTo(TaskStatus.COMPLETED);
    assertThat(task.completedObjectCount()).isEqualTo(1);
    assertThat(task.objects().getFirst().status()).isEqualTo(ObjectStatus.SKIPPED_INSTANT_UPLOAD);
    assertThat(task.objects().getFirst().instant()).isTrue();
    Dataset dataset = world.dataset(Registry.PROJECT, object.datasetId());
    assertThat(dataset.status()).isEqualTo(DatasetStatus.READY);
    assertThat(dataset.object()).isEqualTo(world.storage.head(place(object)).orElseThrow());
    assertThat(world.storage.openUploads()).isEmpty();
    assertThat(world.timeline(object.sessionId()))
        .containsExactly("upload.task_created", "upload.completed");
    assertThat(world.events(object.sessionId()).getLast().details())
        .containsEntry("copied_from_dataset_id", source.datasetId().toString());
  }

  @Test
  void a_copy_is_as_proven_as_what_it_was_copied_from() {
    Answer.TaskObject second = again();
    world.redriveAll();
    world.storage.delete(Objects.requireNonNull(source.location()), null);

    Answer.TaskObject third = again();
    world.redriveAll();

    assertThat(world.events(third.sessionId()).getLast().details())
        .containsEntry("copied_from_dataset_id", second.datasetId().toString());
  }

  @Test
  void what_is_not_surely_the_same_is_sent() {
    assertThat(only(value(world.clients.create(task(file("no sum", MIB))))).instant()).isFalse();
    assertThat(only(value(world.clients.create(task(summed("longer", MIB + 1))))).instant())
        .isFalse();
    world.database.addPolicy(Registry.TENANT, instant(Registry.policy(), false));
    assertThat(again().instant()).as("not allowed").isFalse();
  }

  @Test
  void a_task_of_both_sends_only_what_is_new() {
    NewTask request =
        task(new NewTask.Presign(1, null, false), file("new", MIB), summed("again", MIB));
    RequestKey key = RequestKey.of("k");
    Answer.Task made = value(world.clients.create(Registry.robot17(), key, request));
    assertThat(made.objects()).extracting(Answer.TaskObject::instant).containsExactly(false, true);
    assertThat(made.objects().getFirst().presigned()).isNotNull();
    assertThat(made.objects().getLast().presigned()).isNull();
    assertThat(world.storage.openUploads()).hasSize(1);

    assertThat(value(world.clients.create(Registry.robot17(), key, request)).withoutUrls())
        .isEqualTo(made.withoutUrls());
    world.redriveAll();
    assertThat(world.status(made.objects().getFirst().sessionId()))
        .isEqualTo(SessionStatus.UPLOADING);
    assertThat(world.status(made.objects().getLast().sessionId()))
        .isEqualTo(SessionStatus.COMPLETED);
  }

  @Test
  void what_cannot_be_copied_is_sent() {
    Answer.TaskObject object = again();
    world.store.nextCopy(real -> () -> new CopyOutcome.Refused("NoSuchKey", "it is gone"));

    world.redriveAll();

    assertThat(world.status(object.sessionId())).isEqualTo(SessionStatus.INITIATED);
    assertThat(value(world.clients.get(object.sessionId())).instant()).isFalse();
    assertThat(world.events(object.sessionId()).getLast().details())
        .containsEntry("copy_refused", "storage said NoSuchKey: it is gone");
    world.putAll(object.sessionId());
    value(world.clients.complete(object.sessionId()));
    TaskAnswer task = taskOf(object);
    assertThat(task.objects().getFirst().status()).isEqualTo(ObjectStatus.COMPLETED);
    assertThat(task.objects().getFirst().instant()).isFalse();
  }

  @Test
  void a_store_that_does_not_answer_is_waited_for_but_not_for_long() {
    Answer.TaskObject object = again();
    world.store.nextCopy(FaultyStore.unreachable());
    world.redriveAll();
    assertThat(world.status(object.sessionId())).isEqualTo(SessionStatus.INITIATING);

    world.advance(InstantCopy.PATIENCE);
    world.store.nextCopy(FaultyStore.unreachable());
    world.redriveAll();
    assertThat(world.status(object.sessionId())).isEqualTo(SessionStatus.INITIATED);
  }

  @Test
  void a_copy_whose_answer_was_lost_is_found_and_not_made_again() {
    Answer.TaskObject object = again();
    world.store.nextCopy(real ->
        () -> {
          var _ = real.get();
          throw FaultyStore.outage();
        });
    world.redriveAll();
    world.advance(CLAIM_IS_OVER);
    world.redriveAll();
    assertThat(world.status(object.sessionId())).isEqualTo(SessionStatus.COMPLETED);
    assertThat(world.store.calls()).containsOnlyOnce("copy");
  }

  @Test
  void a_copy_of_another_size_is_none() {
    Answer.TaskObject object = again();
    world.store.nextCopy(real -> () -> new CopyOutcome.Copied());
    world.redriveAll();
    assertThat(world.status(object.sessionId())).isEqualTo(SessionStatus.INITIATED);
  }

  @Test
  void what_is_aborted_before_it_is_copied_leaves_nothing_even_when_a_copy_comes_late() {
    Answer.TaskObject object = again();
    world.store.nextCopy(
        FaultyStore.meanwhile(() -> value(world.clients.abort(object.sessionId()))));
    world.redriveAll();
    assertThat(world.status(object.sessionId())).isEqualTo(SessionStatus.ABORTED);
    assertThat(world.storage.head(place(object))).as("the late copy").isPresent();

    world.advance(Duration.ofHours(24));
    world.redriveAll();
    assertThat(world.storage.head(place(object))).isEmpty();
    assertThat(world.storage.head(Objects.requireNonNull(source.location()))).isPresent();
  }

  @Test
  void what_is_copied_by_the_time_of_an_abort_is_complete() {
    Answer.TaskObject object = again();
    world.store.nextCopy(
        FaultyStore.afterwards(() ->
            assertThat(code(world.clients.abort(object.sessionId())))
                .isEqualTo("upload.invalid_state")));
    world.redriveAll();
    assertThat(world.status(object.sessionId())).isEqualTo(SessionStatus.COMPLETED);
    assertThat(world.timeline(object.sessionId())).containsOnlyOnce("upload.completed");
    assertThat(world.dataset(Registry.PROJECT, object.datasetId()).status())
        .isEqualTo(DatasetStatus.READY);
  }

  @Test
  void one_that_nobody_copies_in_its_life_is_cleaned_up() {
    Answer.TaskObject object = again();
    world.advance(Duration.ofHours(25));
    world.redriveAll();
    assertThat(world.status(object.sessionId())).isEqualTo(SessionStatus.ABORTED);
  }

  @Test
  void a_worker_that_dies_anywhere_costs_a_repetition() {
    for (int first = 0; first < 8; first++) {
      for (int second = 0; second < 8; second++) {
        world = instantWorld();
        source = verified(world);
        Answer.TaskObject object = again();
        workerDiesAt(first);
        world.advance(CLAIM_IS_OVER);
        workerDiesAt(second);
        world.advance(CLAIM_IS_OVER);
        world.redriveAll();

        assertThat(world.status(object.sessionId())).isEqualTo(SessionStatus.COMPLETED);
        assertThat(world.timeline(object.sessionId())).containsOnlyOnce("upload.completed");
        assertThat(world.storage.openUploads()).isEmpty();
      }
    }
  }

  private void workerDiesAt(int place) {
    world.points.arm(place);
    try {
      world.redriveAll();
    } catch (Halt halt) {
      assertThat(halt).isNotNull();
    } finally {
      world.points.disarm();
    }
  }

  @Test
  void a_file_in_one_part_whose_sum_storage_has_checked_proves_itself() {
    world = new World();
    world.database.addPolicy(Registry.TENANT, summing(instant(Registry.policy(), true)));
    String sha256 = "ab".repeat(32);
    String sum = Base64.getEncoder().encodeToString(HexFormat.of().parseHex(sha256));
    UUID session = only(value(world.clients.create(task(file("first", MIB))))).sessionId();
    value(
        world
            .use
            .presignParts()
            .handle(
                Registry.robot17(),
                new PresignParts.Request(
                    session, List.of(1), null, false, Map.of(1, sum), AnswerLimit.NONE)));
    world.storage.put(world.uploadId(session), 1, MIB, Map.of(ChecksumAlgorithm.SHA256, sum));
    value(world.clients.complete(session));

    NewTask.File same = new NewTask.File(null, "again", MIB, null, null, sha256, Map.of());
    assertThat(only(value(world.clients.create(task(same)))).instant()).isTrue();
  }

  private static StoragePolicy summing(StoragePolicy policy) {
    Protection usual = policy.protection();
    return new StoragePolicy(
        policy.storagePolicyId(),
        policy.endpointRef(),
        policy.bucket(),
        policy.defaultPartSizeBytes(),
        policy.urlLife(),
        policy.sessionLife(),
        policy.maxSessionLife(),
        policy.contentTypes(),
        policy.validationRequired(),
        new Protection(
            ChecksumMode.STORAGE_NATIVE_SHA256,
            usual.encryption(),
            null,
            usual.lock(),
            null,
            false),
        policy.instantUploadAllowed());
  }
}
