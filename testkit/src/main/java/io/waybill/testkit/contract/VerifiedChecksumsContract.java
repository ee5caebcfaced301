package io.waybill.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.dataset.Twin;
import io.waybill.core.dataset.VerifiedChecksums.Content;
import io.waybill.core.dataset.VerifiedChecksums.Verified;
import io.waybill.core.storage.StoredObject;
import io.waybill.core.upload.ObjectStatus;
import io.waybill.core.upload.Owner;
import io.waybill.core.upload.Session;
import io.waybill.core.upload.TaskStatus;
import io.waybill.core.upload.TaskStore.NewTask;
import io.waybill.core.upload.Upload;
import io.waybill.core.upload.UploadEvent;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * What {@link io.waybill.core.dataset.VerifiedChecksums} promises to those who look for a twin, and
 * what a session keeps of one.
 */
public abstract class VerifiedChecksumsContract extends PortContract {

  private static final String SUM = "5e".repeat(32);
  private static final Content CONTENT = new Content(SUM, Uploads.FILE_BYTES);
  private static final StoredObject OBJECT =
      new StoredObject(Uploads.FILE_BYTES, "\"etag-3\"", "v1");

  /** A READY dataset, of whose object this sum was taken. */
  private Upload verified(String sum, StoredObject summed) {
    return verified(sum, summed, 5);
  }

  private Upload verified(String sum, StoredObject summed, int second) {
    Session.Uploading uploading = uploading();
    Session.Completing completing =
        moved(uploading, uploading.complete(at(33), at(3)), UploadEvent.COMPLETE_REQUESTED);
    moved(completing, completing.confirm(OBJECT, null, at(4)), UploadEvent.COMPLETED);
    Owner owner = completing.upload().owner();
    commit(tx -> {
      tx.verifiedChecksums()
          .keep(
              new Verified(
                  owner.tenantId(), owner.projectId(), owner.datasetId(), sum, summed, at(second)));
      return owner;
    });
    return completing.upload();
  }

  private Map<Content, Twin> twins(UUID tenant, UUID project, String endpoint, Content... wanted) {
    return read(tx -> tx.verifiedChecksums().twins(tenant, project, endpoint, Set.of(wanted)));
  }

  private Map<Content, Twin> twins(Content... wanted) {
    return twins(world.tenantId(), world.project().projectId(), "default", wanted);
  }

  @Test
  void a_dataset_of_the_same_bytes_is_found_the_one_summed_last() {
    Upload last = verified(SUM, OBJECT, 7);
    verified(SUM, OBJECT, 6);
    Content other = new Content(SUM, 1);

    Twin twin = new Twin(last.owner().datasetId(), SUM, last.location(), "v1", "\"etag-3\"");
    assertThat(twins(CONTENT, other)).isEqualTo(Map.of(CONTENT, twin));
  }

  @Test
  void one_that_another_would_have_to_look_for_is_not() {
    verified(SUM, OBJECT);
    UUID tenant = world.tenantId();
    UUID project = world.project().projectId();
    assertThat(twins(new Content("5f".repeat(32), Uploads.FILE_BYTES))).isEmpty();
    assertThat(twins(world.otherTenantId(), project, "default", CONTENT)).isEmpty();
    assertThat(twins(tenant, world.strict().projectId(), "default", CONTENT)).isEmpty();
    assertThat(twins(tenant, project, "another", CONTENT)).isEmpty();
  }

  @Test
  void a_sum_of_what_is_no_longer_its_object_counts_for_nothing() {
    verified(SUM, new StoredObject(Uploads.FILE_BYTES, "\"of before\"", "v1"));
    verified(SUM, new StoredObject(Uploads.FILE_BYTES, "\"etag-3\"", null));
    assertThat(twins(CONTENT)).isEmpty();
  }

  @Test
  void a_later_sum_of_a_dataset_takes_the_place_of_the_first() {
    Owner owner = verified("aa".repeat(32), OBJECT).owner();
    commit(tx -> {
      tx.verifiedChecksums()
          .keep(
              new Verified(
                  owner.tenantId(), owner.projectId(), owner.datasetId(), SUM, OBJECT, at(6)));
      return owner;
    });
    assertThat(twins(new Content("aa".repeat(32), Uploads.FILE_BYTES))).isEmpty();
    assertThat(twins(CONTENT)).containsOnlyKeys(CONTENT);
  }

  @Test
  void a_session_keeps_its_twin_and_an_instant_end_counts_as_skipped() {
    Twin twin = new Twin(Ids.next(), SUM, initiating().upload().location(), "v1", "\"e\"");
    NewTask plain = Uploads.task(world, 1, T0);
    Session.Initiating bare = plain.sessions().getFirst();
    Session.Initiating first = new Session.Initiating(bare.upload().copying(twin), T0);
    created(
        new NewTask(
            plain.task(),
            List.of(first),
            plain.existing(),
            plain.storagePolicyId(),
            plain.validationRequired(),
            plain.facts()));
    assertThat(find(first)).isEqualTo(first);

    Session.Completed done = moved(first, first.copied(OBJECT, at(2)), UploadEvent.COMPLETED);

    assertThat(find(first)).isEqualTo(done);
    var task =
        read(tx ->
                tx.tasks().find(world.tenantId(), plain.task().projectId(), plain.task().taskId()))
            .orElseThrow()
            .task();
    assertThat(task.objects().getFirst().status()).isEqualTo(ObjectStatus.SKIPPED_INSTANT_UPLOAD);
    assertThat(task.status()).isEqualTo(TaskStatus.COMPLETED);
  }
}
