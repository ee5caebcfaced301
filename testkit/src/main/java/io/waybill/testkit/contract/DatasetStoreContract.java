package io.waybill.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.dataset.Dataset;
import io.waybill.core.dataset.DatasetFilter;
import io.waybill.core.dataset.DatasetStatus;
import io.waybill.core.dataset.DatasetStore.Query;
import io.waybill.core.dataset.DatasetStore.UploadTarget;
import io.waybill.core.upload.Session;
import io.waybill.core.upload.TaskStore.NewTask;
import io.waybill.core.upload.UploadEvent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** {@link io.waybill.core.dataset.DatasetStore}. */
public abstract class DatasetStoreContract extends PortContract {

  @Test
  void a_dataset_is_found_in_its_own_tenant_and_project_only() {
    UUID id = datasetOf(created(1));
    UUID project = world.project().projectId();

    Optional<Dataset> mine = read(tx -> tx.datasets().find(world.tenantId(), project, id));
    Optional<Dataset> theirs = read(tx -> tx.datasets().find(world.otherTenantId(), project, id));
    Optional<Dataset> elsewhere =
        read(tx -> tx.datasets().find(world.tenantId(), world.strict().projectId(), id));

    assertThat(mine).isPresent();
    assertThat(theirs).isEmpty();
    assertThat(elsewhere).isEmpty();
  }

  @Test
  void an_upload_target_is_uploading_until_its_upload_has_ended_or_is_over() {
    NewTask made = created(1);
    UUID id = datasetOf(made);
    Session.Initiating session = made.sessions().getFirst();
    assertThat(isUploading(id, at(1))).contains(true);
    assertThat(isUploading(id, session.upload().expiresAt())).contains(false);
    Session.Initiated open =
        moved(session, session.initiated("upload-1", at(1)), UploadEvent.INITIATED);
    assertThat(isUploading(id, at(1))).contains(true);
    moved(open, open.abort("no", at(2)), UploadEvent.ABORT_REQUESTED);
    assertThat(isUploading(id, at(2))).contains(false);
    assertThat(isUploading(Ids.next(), at(2))).isEmpty();
    assertThat(isUploading(world.strict().projectId(), id, at(2))).isEmpty();
  }

  private Optional<Boolean> isUploading(UUID id, Instant now) {
    return isUploading(world.project().projectId(), id, now);
  }

  private Optional<Boolean> isUploading(UUID project, UUID id, Instant now) {
    Map<UUID, UploadTarget> targets =
        commit(tx -> tx.datasets().lockForUpload(world.tenantId(), project, Set.of(id), now));
    return Optional.ofNullable(targets.get(id)).map(UploadTarget::isUploading);
  }

  @Test
  void a_refilled_dataset_follows_its_new_upload_and_no_longer_the_old_one() {
    NewTask old = created(1);
    Session.Initiating first = old.sessions().getFirst();
    Session.Aborting aborting = moved(first, first.abort("no", at(1)), UploadEvent.ABORT_REQUESTED);
    Dataset before = reread(old);

    NewTask fresh = created(Uploads.refilling(world, old, at(10)));
    Session.Initiating second = fresh.sessions().getFirst();
    Session.Initiated open =
        moved(second, second.initiated("upload-2", at(11)), UploadEvent.INITIATED);
    moved(open, open.start(at(12)), UploadEvent.PRESIGN_ISSUED);
    moved(aborting, aborting.confirm(null, at(13)), UploadEvent.ABORTED);

    Dataset after = reread(old);
    assertThat(after.status()).isEqualTo(DatasetStatus.UPLOADING);
    assertThat(after.location()).isEqualTo(second.upload().location());
    assertThat(after.name()).isEqualTo(before.name());
    assertThat(after.metadata()).isEqualTo(before.metadata());
    assertThat(after.createdAt()).isEqualTo(before.createdAt());
    assertThat(after.originalFilename()).isEqualTo("again.mcap");
    assertThat(after.checksumSha256()).isNull();
    assertThat(after.version()).isGreaterThan(before.version());
  }

  private Dataset reread(NewTask made) {
    return read(
            tx -> tx.datasets().find(world.tenantId(), made.task().projectId(), datasetOf(made)))
        .orElseThrow();
  }

  @Test
  void a_list_is_newest_first_and_goes_on_after_the_last_id() {
    UUID first = datasetOf(created(1));
    UUID second = datasetOf(created(1));
    UUID third = datasetOf(created(1));

    assertThat(list(null, null, null, null, 2)).containsExactly(third, second);
    assertThat(list(null, null, null, second, 2)).containsExactly(first);
  }

  @Test
  void a_list_is_filtered_by_name_status_and_time() {
    NewTask old = created(2);
    NewTask young = created(Uploads.task(world, 1, at(60)));
    Session.Initiating session = young.sessions().getFirst();
    Session.Initiated initiated =
        moved(session, session.initiated("upload-1", at(61)), UploadEvent.INITIATED);
    moved(initiated, initiated.start(at(62)), UploadEvent.PRESIGN_ISSUED);
    UUID second = old.task().objects().getLast().datasetId();

    assertThat(list("CAMERA-1", null, null, null, 9)).containsExactly(second);
    assertThat(list("camera_1", null, null, null, 9)).isEmpty(); // not a pattern
    assertThat(list(null, DatasetStatus.UPLOADING, null, null, 9))
        .containsExactly(datasetOf(young));
    assertThat(list(null, null, at(30), null, 9)).containsExactly(datasetOf(young));
  }

  private List<UUID> list(
      @Nullable String search,
      @Nullable DatasetStatus status,
      @Nullable Instant after,
      @Nullable UUID before,
      int limit) {
    DatasetFilter filter =
        new DatasetFilter(
            search,
            status,
            null,
            null,
            null,
            world.robot().id(),
            after,
            after == null ? null : after.plusSeconds(1_000),
            false);
    return list(
        new Query(
            world.tenantId(),
            world.project().projectId(),
            filter,
            before,
            Set.of(),
            Set.of(),
            limit));
  }

  @Test
  void a_list_knows_what_one_code_has_sent() {
    UUID coded = datasetOf(created(1));
    created(Uploads.from(world, world.robot().id(), T0));
    assertThat(list(by(world.robot().label()))).containsExactly(coded);
    assertThat(list(by("no-robot"))).isEmpty();
  }

  private Query by(String code) {
    return new Query(
        world.tenantId(),
        world.project().projectId(),
        DatasetFilter.NONE.by(code),
        null,
        Set.of(),
        Set.of(),
        9);
  }

  @Test
  void a_list_leaves_out_what_it_is_told_to() {
    UUID first = datasetOf(created(1));
    UUID second = datasetOf(created(1));
    UUID project = world.project().projectId();
    Set<UUID> except = Set.of(second, Ids.next());
    assertThat(
            list(
                new Query(
                    world.tenantId(), project, DatasetFilter.NONE, null, except, Set.of(), 9)))
        .containsExactly(first);
  }

  @Test
  void the_first_checksum_reported_stays() {
    UUID id = datasetOf(created(1));
    String sum = checksum(id).isEmpty() ? Ids.sha256() : checksum(id);

    assertThat(report(world.tenantId(), id, sum)).isTrue();
    assertThat(report(world.tenantId(), id, sum)).isTrue();
    assertThat(report(world.tenantId(), id, Ids.sha256())).isFalse();
    assertThat(report(world.otherTenantId(), id, sum)).isFalse();

    assertThat(checksum(id)).isEqualTo(sum);
  }

  private boolean report(UUID tenant, UUID id, String sha256) {
    return commit(tx -> tx.datasets().reportChecksum(tenant, id, sha256));
  }

  private String checksum(UUID id) {
    UUID project = world.project().projectId();
    Dataset found = read(tx -> tx.datasets().find(world.tenantId(), project, id).orElseThrow());
    String sha256 = found.checksumSha256();
    return sha256 == null ? "" : sha256;
  }

  private List<UUID> list(Query query) {
    List<Dataset> page = read(tx -> tx.datasets().list(query));
    return page.stream().map(Dataset::datasetId).toList();
  }

  private static UUID datasetOf(NewTask made) {
    return made.task().objects().getFirst().datasetId();
  }
}
