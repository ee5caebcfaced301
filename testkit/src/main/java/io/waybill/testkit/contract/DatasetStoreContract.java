package io.waybill.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.dataset.Dataset;
import io.waybill.core.dataset.DatasetStatus;
import io.waybill.core.event.EventType;
import io.waybill.core.port.DatasetStore.Query;
import io.waybill.core.port.TaskStore.NewTask;
import io.waybill.core.upload.Session;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** {@link io.waybill.core.port.DatasetStore}. */
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
        moved(session, session.initiated("upload-1", at(61)), EventType.INITIATED);
    moved(initiated, initiated.start(at(62)), EventType.PRESIGN_ISSUED);
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
    return list(
        new Query(
            world.tenantId(),
            world.project().projectId(),
            search,
            status,
            world.robot().id(),
            after,
            after == null ? null : after.plusSeconds(1_000),
            before,
            Set.of(),
            limit));
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
                    world.tenantId(), project, null, null, null, null, null, null, except, 9)))
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
