package io.waybill.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.dataset.Dataset;
import io.waybill.core.dataset.DatasetStatus;
import io.waybill.core.dataset.LegalHold;
import io.waybill.core.dataset.PurgeStanding;
import io.waybill.core.dataset.StoredPlace;
import io.waybill.core.project.Project;
import io.waybill.core.project.ProjectProfile;
import io.waybill.core.project.ProjectRules;
import io.waybill.core.storage.LockBypass;
import io.waybill.core.storage.ObjectLockMode;
import io.waybill.core.storage.Protection;
import io.waybill.core.storage.StoredObject;
import io.waybill.core.upload.Session;
import io.waybill.core.upload.StandingStill;
import io.waybill.core.upload.TaskStore.NewTask;
import io.waybill.core.upload.Upload;
import io.waybill.core.upload.UploadEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** {@link io.waybill.core.dataset.DatasetPurges}. */
public abstract class DatasetPurgesContract extends PortContract {

  @Test
  void an_open_upload_stands_against_a_purge_until_it_ends() {
    Session.Uploading open = uploading();
    UUID dataset = open.upload().owner().datasetId();
    assertThat(standing(dataset)).isEqualTo(new PurgeStanding(null, null, null, true, null));

    Session.Aborting aborting = moved(open, open.abort("done", at(3)), UploadEvent.ABORT_REQUESTED);
    assertThat(standing(dataset).isUploading()).isTrue();
    moved(aborting, aborting.confirm(null, at(4)), UploadEvent.ABORTED);

    assertThat(standing(dataset).isUploading()).isFalse();
    assertThat(places(dataset))
        .containsExactly(new StoredPlace(open.upload().location(), null, false, LockBypass.NONE));
    Optional<PurgeStanding> foreign =
        read(tx -> tx.datasetPurges().find(world.otherTenantId(), dataset));
    List<StoredPlace> foreignPlaces =
        read(tx -> tx.datasetPurges().places(world.otherTenantId(), dataset));
    assertThat(foreign).isEmpty();
    assertThat(foreignPlaces).isEmpty();
  }

  @Test
  void what_a_policy_holds_is_held_from_the_beginning_and_its_places_say_so() {
    NewTask bare = Uploads.task(world, 1, T0);
    Session.Initiating session = held(bare.sessions().getFirst());
    created(
        new NewTask(
            bare.task(),
            List.of(session),
            bare.existing(),
            bare.storagePolicyId(),
            bare.validationRequired(),
            bare.facts()));

    assertThat(dataset(session).legalHold()).isEqualTo(LegalHold.ofPolicy(T0));
    assertThat(places(session.upload().owner().datasetId()))
        .containsExactly(new StoredPlace(session.upload().location(), null, true, LockBypass.NONE));
  }

  @Test
  void locks_are_told_apart_and_only_a_purge_that_goes_past_them_does() {
    Session.Uploading open = uploading(ObjectLockMode.GOVERNANCE);
    UUID dataset = open.upload().owner().datasetId();
    Instant ends = open.upload().createdAt().plus(Duration.ofDays(7));
    complete(open);
    assertThat(standing(dataset)).isEqualTo(new PurgeStanding(null, null, ends, false, null));
    Session.Uploading strict = uploading(ObjectLockMode.COMPLIANCE);
    complete(strict);
    assertThat(standing(strict.upload().owner().datasetId()).lockedUntil()).isEqualTo(ends);

    Dataset deleted = dataset(open).deleted(at(5));
    commit(tx -> {
      tx.datasetChanges().update(deleted);
      tx.datasetPurges().bypassLocks(deleted.tenantId(), dataset);
      return deleted;
    });
    request(deleted, 6, 6);
    assertThat(places(dataset)).extracting(StoredPlace::bypass).containsExactly(LockBypass.NONE);
    commit(tx -> {
      tx.datasetPurges().bypassLocks(deleted.tenantId(), dataset);
      return deleted;
    });
    request(deleted, 7, 7);
    assertThat(places(dataset))
        .extracting(StoredPlace::bypass)
        .containsExactly(LockBypass.GOVERNANCE);
  }

  private void complete(Session.Uploading open) {
    Session.Completing completing =
        moved(open, open.complete(at(33), at(3)), UploadEvent.COMPLETE_REQUESTED);
    StoredObject object = new StoredObject(Uploads.FILE_BYTES, "\"e\"", "v1");
    moved(completing, completing.confirm(object, null, at(4)), UploadEvent.COMPLETED);
  }

  private Session.Uploading uploading(ObjectLockMode mode) {
    NewTask bare = Uploads.task(world, 1, T0);
    Session.Initiating session = guarded(bare.sessions().getFirst(), mode, 7, false);
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

  private static Session.Initiating held(Session.Initiating session) {
    return guarded(session, ObjectLockMode.NONE, null, true);
  }

  private static Session.Initiating guarded(
      Session.Initiating session, ObjectLockMode mode, @Nullable Integer days, boolean isHeld) {
    Upload bare = session.upload();
    Protection usual = bare.protection();
    Protection holding =
        new Protection(usual.checksum(), usual.encryption(), null, mode, days, isHeld);
    Upload upload =
        new Upload(
            bare.sessionId(),
            bare.owner(),
            bare.location(),
            bare.plan(),
            bare.originalFilename(),
            bare.contentType(),
            bare.createdAt(),
            bare.updatedAt(),
            bare.expiresAt(),
            bare.attempt(),
            bare.version(),
            bare.missingSince(),
            holding,
            bare.checksumSha256(),
            bare.twin());
    return new Session.Initiating(upload, session.redriveAt());
  }

  @Test
  void the_project_keeps_what_is_deleted() {
    UUID dataset = initiating().upload().owner().datasetId();
    commit(tx -> {
      Project known =
          tx.projects().lock(world.tenantId(), world.project().projectId()).orElseThrow();
      ProjectRules kept = new ProjectRules(Map.of(), null, null, 30);
      ProjectProfile said = known.profile();
      ProjectProfile keeping =
          new ProjectProfile(said.slug(), said.name(), said.description(), said.metadata(), kept);
      tx.projects().update(known.with(keeping, at(1)));
      return kept;
    });
    assertThat(standing(dataset).retentionDays()).isEqualTo(30);
  }

  @Test
  void only_what_is_in_the_recycle_bin_is_purged_and_it_is_claimed_once_at_a_time() {
    Dataset kept = dataset(initiating());
    request(kept, 1, 1);
    assertThat(claim(9, 19)).doesNotContain(kept.datasetId());
    Dataset deleted = deleted();
    request(deleted, 1, 5);

    assertThat(standing(deleted.datasetId()).requestedAt()).isEqualTo(at(1));
    Map<StandingStill, Integer> still = read(tx -> tx.census().waiting(at(2), 1000));
    assertThat(still).containsKey(StandingStill.PURGE);
    assertThat(claim(4, 14)).doesNotContain(deleted.datasetId());
    assertThat(claim(5, 15)).contains(deleted.datasetId());
    assertThat(claim(6, 16)).doesNotContain(deleted.datasetId());
    assertThat(claim(15, 25)).contains(deleted.datasetId());
    request(deleted, 16, 16);
    assertThat(standing(deleted.datasetId()).requestedAt()).isEqualTo(at(1));
    assertThat(claim(16, 26)).contains(deleted.datasetId());
  }

  @Test
  void what_is_purged_shows_nowhere_and_is_never_due() {
    Dataset deleted = deleted();
    request(deleted, 1, 1);
    Dataset purged = deleted.purged(at(2));

    commit(tx -> {
      tx.datasetPurges().finish(purged);
      return purged;
    });
    request(deleted, 3, 3);
    Optional<Dataset> gone =
        read(tx ->
            tx.datasetPurges()
                .findPurged(deleted.tenantId(), deleted.projectId(), deleted.datasetId()));
    assertThat(gone).contains(purged);

    assertThat(purged.status()).isEqualTo(DatasetStatus.PURGED);
    assertThat(claim(60, 70)).doesNotContain(deleted.datasetId());
    Map<UUID, Dataset> locked =
        commit(tx ->
            tx.datasetChanges()
                .lock(deleted.tenantId(), deleted.projectId(), Set.of(deleted.datasetId())));
    assertThat(locked).isEmpty();
  }

  private Dataset deleted() {
    Session.Initiating session = initiating();
    Session.Aborting aborting =
        moved(session, session.abort("done", at(1)), UploadEvent.ABORT_REQUESTED);
    moved(aborting, aborting.confirm(null, at(1)), UploadEvent.ABORTED);
    Dataset deleted = dataset(session).deleted(at(1));
    return commit(tx -> {
      tx.datasetChanges().update(deleted);
      return deleted;
    });
  }

  private Dataset dataset(Session session) {
    UUID id = session.upload().owner().datasetId();
    return read(
            tx -> tx.datasets().find(world.tenantId(), session.upload().owner().projectId(), id))
        .orElseThrow();
  }

  private PurgeStanding standing(UUID dataset) {
    return read(tx -> tx.datasetPurges().find(world.tenantId(), dataset)).orElseThrow();
  }

  private List<StoredPlace> places(UUID dataset) {
    return read(tx -> tx.datasetPurges().places(world.tenantId(), dataset));
  }

  private void request(Dataset dataset, int now, int dueAt) {
    commit(tx -> {
      tx.datasetPurges().request(dataset.tenantId(), dataset.datasetId(), at(now), at(dueAt));
      return dataset;
    });
  }

  private List<UUID> claim(int now, int until) {
    return read(tx -> tx.datasetPurges().claimDue(at(now), at(until), 1000)).stream()
        .map(Dataset::datasetId)
        .toList();
  }
}
