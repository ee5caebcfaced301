package io.waybill.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.dataset.Dataset;
import io.waybill.core.dataset.HoldIntent;
import io.waybill.core.dataset.LegalHold;
import io.waybill.core.dataset.StoredPlace;
import io.waybill.core.storage.Capability;
import io.waybill.core.storage.HoldStatus;
import io.waybill.core.storage.LockBypass;
import io.waybill.core.storage.ObjectLocation;
import io.waybill.core.storage.StorageCapabilities;
import io.waybill.core.storage.StoredObject;
import io.waybill.core.upload.Session;
import io.waybill.core.upload.TaskStore.NewTask;
import io.waybill.core.upload.Upload;
import io.waybill.core.upload.UploadEvent;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** {@link io.waybill.core.dataset.DatasetHolds}. */
public abstract class DatasetHoldsContract extends PortContract {

  private static final StoredObject OBJECT =
      new StoredObject(Uploads.FILE_BYTES, "\"etag-3\"", "v1");

  @Test
  void who_asks_is_served_once_at_a_time_and_never_while_it_is_told() {
    Dataset held = held(filled(uploading(), 4), 5);
    probed(held, Set.of(Capability.OBJECT_LOCK));

    assertThat(claim(held, 4, 14)).isEmpty();
    HoldIntent first = claim(held, 5, 15).orElseThrow();
    assertThat(first.status()).isEqualTo(HoldStatus.ON);
    assertThat(claim(held, 6, 16)).isEmpty();
    request(held, 7);
    assertThat(claim(held, 7, 17)).as("another is telling it").isEmpty();
    assertThat(claim(held, 15, 25)).isPresent();

    finish(first);
    assertThat(claim(held, 25, 35)).as("its lease was over").isPresent();
  }

  @Test
  void what_was_told_is_due_no_more_unless_it_has_changed_since() {
    Dataset held = held(filled(uploading(), 4), 5);
    probed(held, Set.of(Capability.OBJECT_LOCK));
    HoldIntent stale = claim(held, 5, 15).orElseThrow();
    Dataset released =
        commit(tx -> {
          Dataset free = held.held(null, at(6));
          tx.datasetChanges().update(free);
          tx.datasetChanges().holds().request(free.tenantId(), free.datasetId(), at(6));
          return free;
        });

    finish(stale);
    HoldIntent fresh = claim(released, 15, 25).orElseThrow();
    assertThat(fresh.status()).isEqualTo(HoldStatus.OFF);
    finish(fresh);
    assertThat(claim(released, 60, 70)).isEmpty();
  }

  @Test
  void only_places_that_lock_are_told_and_who_does_not_know_asks_again() {
    Session.Uploading upload = uploadingToNewBucket();
    Dataset held = held(filled(upload, 4), 5);
    assertThat(places(held)).isEmpty();
    finish(claim(held, 5, 15).orElseThrow());
    assertThat(claim(held, 15, 25)).as("nobody knows the bucket").isPresent();

    probed(held, Set.of(Capability.VERSIONING));
    assertThat(places(held)).isEmpty();
    probed(held, Set.of(Capability.OBJECT_LOCK));
    assertThat(places(held))
        .containsExactly(new StoredPlace(upload.upload().location(), "v1", false, LockBypass.NONE));
    List<StoredPlace> foreign =
        read(tx -> tx.datasetChanges().holds().places(world.otherTenantId(), held.datasetId()));
    assertThat(foreign).isEmpty();
  }

  @Test
  void a_held_dataset_that_gets_an_object_is_due_by_itself() {
    Session.Uploading upload = uploading();
    Dataset held = held(dataset(upload.upload()), 3);
    probed(held, Set.of(Capability.OBJECT_LOCK));
    finish(claim(held, 3, 13).orElseThrow());
    assertThat(claim(held, 13, 23)).isEmpty();

    filled(upload, 14);

    assertThat(claim(held, 14, 24)).isPresent();
    Dataset free = filled(uploading(), 15);
    assertThat(claim(free, 60, 70)).isEmpty();
  }

  private Dataset filled(Session.Uploading uploading, int second) {
    Session.Completing completing =
        moved(
            uploading, uploading.complete(at(33), at(second - 1)), UploadEvent.COMPLETE_REQUESTED);
    moved(completing, completing.confirm(OBJECT, null, at(second)), UploadEvent.COMPLETED);
    return dataset(uploading.upload());
  }

  private Dataset dataset(Upload upload) {
    UUID id = upload.owner().datasetId();
    return read(tx -> tx.datasets().find(world.tenantId(), upload.owner().projectId(), id))
        .orElseThrow();
  }

  private Dataset held(Dataset dataset, int second) {
    Dataset held = dataset.held(new LegalHold("case 7", at(second)), at(second));
    return commit(tx -> {
      tx.datasetChanges().update(held);
      tx.datasetChanges().holds().request(held.tenantId(), held.datasetId(), at(second));
      return held;
    });
  }

  private void request(Dataset dataset, int second) {
    commit(tx -> {
      tx.datasetChanges().holds().request(dataset.tenantId(), dataset.datasetId(), at(second));
      return dataset;
    });
  }

  private void probed(Dataset dataset, Set<Capability> found) {
    ObjectLocation place = Objects.requireNonNull(dataset.location());
    commit(tx -> {
      tx.capabilities()
          .save(new StorageCapabilities(place.endpointRef(), place.bucket(), found, at(1)));
      return found;
    });
  }

  /** One that nobody has probed. */
  private Session.Uploading uploadingToNewBucket() {
    NewTask bare = Uploads.task(world, 1, T0);
    Session.Initiating session = elsewhere(bare.sessions().getFirst());
    created(
        new NewTask(
            bare.task(),
            List.of(session),
            bare.existing(),
            bare.storagePolicyId(),
            bare.validationRequired(),
            bare.facts()));
    Session.Initiated initiated =
        moved(session, session.initiated("upload-1", at(1)), UploadEvent.INITIATED);
    return moved(initiated, initiated.start(at(2)), UploadEvent.PRESIGN_ISSUED);
  }

  private static Session.Initiating elsewhere(Session.Initiating session) {
    Upload bare = session.upload();
    ObjectLocation place =
        new ObjectLocation(
            bare.location().endpointRef(),
            "new-" + bare.sessionId().toString().substring(24),
            bare.location().key());
    Upload upload =
        new Upload(
            bare.sessionId(),
            bare.owner(),
            place,
            bare.plan(),
            bare.originalFilename(),
            bare.contentType(),
            bare.createdAt(),
            bare.updatedAt(),
            bare.expiresAt(),
            bare.attempt(),
            bare.version(),
            bare.missingSince(),
            bare.protection(),
            bare.checksumSha256(),
            bare.twin());
    return new Session.Initiating(upload, session.redriveAt());
  }

  private List<StoredPlace> places(Dataset dataset) {
    return read(tx -> tx.datasetChanges().holds().places(dataset.tenantId(), dataset.datasetId()));
  }

  private Optional<HoldIntent> claim(Dataset dataset, int now, int until) {
    return read(tx -> tx.datasetChanges().holds().claimDue(at(now), at(until), 1000)).stream()
        .filter(intent -> intent.dataset().datasetId().equals(dataset.datasetId()))
        .findFirst();
  }

  private void finish(HoldIntent told) {
    commit(tx -> {
      tx.datasetChanges().holds().finish(told);
      return told;
    });
  }
}
