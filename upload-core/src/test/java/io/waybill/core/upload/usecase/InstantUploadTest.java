package io.waybill.core.upload.usecase;

import static io.waybill.core.fixture.Requests.file;
import static io.waybill.core.fixture.Requests.task;
import static io.waybill.core.fixture.World.MIB;
import static io.waybill.core.fixture.World.code;
import static io.waybill.core.fixture.World.value;
import static io.waybill.core.upload.usecase.InstantWorld.again;
import static io.waybill.core.upload.usecase.InstantWorld.instantWorld;
import static io.waybill.core.upload.usecase.InstantWorld.only;
import static io.waybill.core.upload.usecase.InstantWorld.place;
import static io.waybill.core.upload.usecase.InstantWorld.summed;
import static io.waybill.core.upload.usecase.InstantWorld.taskOf;
import static io.waybill.core.upload.usecase.InstantWorld.verified;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.dataset.Dataset;
import io.waybill.core.dataset.DatasetStatus;
import io.waybill.core.fixture.Registry;
import io.waybill.core.fixture.World;
import io.waybill.core.idempotency.RequestKey;
import io.waybill.core.project.StoragePolicy;
import io.waybill.core.storage.ChecksumAlgorithm;
import io.waybill.core.storage.ChecksumMode;
import io.waybill.core.storage.Protection;
import io.waybill.core.upload.Answer;
import io.waybill.core.upload.AnswerLimit;
import io.waybill.core.upload.NewTask;
import io.waybill.core.upload.ObjectStatus;
import io.waybill.core.upload.SessionStatus;
import io.waybill.core.upload.TaskAnswer;
import io.waybill.core.upload.TaskStatus;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What the project has already, proven, is copied by the store and sent by nobody. */
class InstantUploadTest {

  private World world = instantWorld();
  private Dataset source = verified(world);

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
    TaskAnswer task = taskOf(world, object);
    assertThat(task.status()).isEqualTo(TaskStatus.COMPLETED);
    assertThat(task.completedObjectCount()).isEqualTo(1);
    assertThat(task.objects().getFirst().status()).isEqualTo(ObjectStatus.SKIPPED_INSTANT_UPLOAD);
    assertThat(task.objects().getFirst().instant()).isTrue();
    Dataset dataset = world.dataset(Registry.PROJECT, object.datasetId());
    assertThat(dataset.status()).isEqualTo(DatasetStatus.READY);
    assertThat(dataset.object()).isEqualTo(world.storage.head(place(world, object)).orElseThrow());
    assertThat(world.storage.openUploads()).isEmpty();
    assertThat(world.timeline(object.sessionId()))
        .containsExactly("upload.task_created", "upload.completed");
    assertThat(world.events(object.sessionId()).getLast().details())
        .containsEntry("copied_from_dataset_id", source.datasetId().toString());
  }

  @Test
  void a_copy_is_as_proven_as_what_it_was_copied_from() {
    Answer.TaskObject second = again(world);
    world.redriveAll();
    world.storage.delete(Objects.requireNonNull(source.location()), null);

    Answer.TaskObject third = again(world);
    world.redriveAll();

    assertThat(world.events(third.sessionId()).getLast().details())
        .containsEntry("copied_from_dataset_id", second.datasetId().toString());
  }

  @Test
  void what_is_not_surely_the_same_is_sent() {
    assertThat(only(value(world.clients.create(task(file("no sum", MIB))))).instant()).isFalse();
    assertThat(only(value(world.clients.create(task(summed("longer", MIB + 1))))).instant())
        .isFalse();
    world.database.addPolicy(Registry.TENANT, Registry.policy(Protection.USUAL, false));
    assertThat(again(world).instant()).as("not allowed").isFalse();
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
  void a_file_in_one_part_whose_sum_storage_has_checked_proves_itself() {
    world = new World();
    world.database.addPolicy(Registry.TENANT, summing());
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

  private static StoragePolicy summing() {
    Protection usual = Registry.policy().protection();
    return Registry.policy(
        new Protection(
            ChecksumMode.STORAGE_NATIVE_SHA256,
            usual.encryption(),
            null,
            usual.lock(),
            null,
            false),
        true);
  }
}
