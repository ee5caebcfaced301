package io.waybill.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.project.Project;
import io.waybill.core.project.ProjectProfile;
import io.waybill.core.project.ProjectRules;
import io.waybill.core.project.ProjectUsage;
import io.waybill.core.quota.Drift;
import io.waybill.core.quota.TenantQuota;
import io.waybill.core.upload.RoomStore.RoomRequest;
import io.waybill.core.upload.Session;
import io.waybill.core.upload.TaskStore.NewTask;
import io.waybill.core.upload.UploadEvent;
import io.waybill.core.upload.UploadRoom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** {@link io.waybill.core.upload.RoomStore} where project and tenant have quotas. */
public abstract class QuotaContract extends PortContract {

  @Test
  void a_quota_sees_what_open_uploads_have_promised_until_they_end_or_expire() {
    bound();
    NewTask made = created(2);
    long bytes = made.sessions().getFirst().upload().plan().fileSizeBytes();
    assertThat(usage(at(1))).isEqualTo(new ProjectUsage(0, 2 * bytes, 2));

    Session.Initiating first = made.sessions().getFirst();
    Session.Initiated open =
        moved(first, first.initiated("upload-1", at(1)), UploadEvent.INITIATED);
    assertThat(usage(open.upload().expiresAt())).isEqualTo(new ProjectUsage(0, bytes, 1));

    moved(open, open.abort("no", at(3)), UploadEvent.ABORT_REQUESTED);
    assertThat(usage(at(4))).isEqualTo(new ProjectUsage(0, bytes, 1));
  }

  @Test
  void without_a_quota_nothing_is_counted() {
    created(2);

    assertThat(usage(at(1))).isEqualTo(ProjectUsage.NONE);
  }

  @Test
  void a_tenant_s_quota_sees_what_all_its_projects_have_promised_until_it_ends_or_expires() {
    NewTask made = created(2);
    created(Uploads.task(world, world.strict(), world.strictPolicy(), 1, T0));
    created(Uploads.task(world, world.foreign(), world.foreignPolicy(), 1, T0));
    assertThat(tenant(at(1))).isEqualTo(new TenantQuota(null, 0, 3 * Uploads.FILE_BYTES));

    Session.Initiating first = made.sessions().getFirst();
    Session.Initiated open =
        moved(first, first.initiated("upload-1", at(1)), UploadEvent.INITIATED);
    assertThat(tenant(open.upload().expiresAt()).reservedBytes()).isEqualTo(2 * Uploads.FILE_BYTES);

    moved(open, open.abort("no", at(3)), UploadEvent.ABORT_REQUESTED);
    assertThat(tenant(at(4)).reservedBytes()).isEqualTo(2 * Uploads.FILE_BYTES);
    Optional<TenantQuota> counted = read(tx -> tx.quotas().find(world.tenantId()));
    assertThat(counted).contains(new TenantQuota(null, 0, 2 * Uploads.FILE_BYTES));
  }

  @Test
  void a_tenant_has_the_bound_that_it_was_given_until_it_is_taken_away() {
    UUID tenant = world.tenantId();

    assertThat(bound(tenant, 5L << 40)).isTrue();
    assertThat(tenant(at(1))).isEqualTo(new TenantQuota(5L << 40, 0, 0));
    assertThat(bound(tenant, null)).isTrue();
    assertThat(tenant(at(1))).isEqualTo(TenantQuota.NONE);
    assertThat(bound(Ids.next(), 1L)).isFalse();
    boolean isThere = commit(tx -> tx.quotas().lock(tenant));
    boolean isNobody = commit(tx -> tx.quotas().lock(Ids.next()));
    assertThat(isThere).isTrue();
    assertThat(isNobody).isFalse();
    Optional<TenantQuota> nobodys = read(tx -> tx.quotas().find(Ids.next()));
    assertThat(nobodys).isEmpty();
  }

  @Test
  void what_is_counted_is_what_is_there_and_nothing_is_mended() {
    NewTask made = created(2);
    Session.Initiating first = made.sessions().getFirst();
    moved(first, first.abort("no", at(1)), UploadEvent.ABORT_REQUESTED);

    for (UUID project : projects(world.tenantId(), null, 10)) {
      assertThat(drift(project)).isEmpty();
      List<Drift> mended = commit(tx -> tx.quotas().mend(world.tenantId(), project));
      assertThat(mended).isEmpty();
    }
    assertThat(drift(null)).isEmpty();
    assertThat(tenant(at(2)).reservedBytes()).isEqualTo(Uploads.FILE_BYTES);
  }

  @Test
  void tenants_and_their_projects_are_listed_in_pages() {
    UUID tenant = world.tenantId();
    List<UUID> projects = projects(tenant, null, 10);

    assertThat(projects)
        .containsExactlyInAnyOrder(world.project().projectId(), world.strict().projectId());
    assertThat(projects(tenant, null, 1)).containsExactly(projects.getFirst());
    assertThat(projects(tenant, projects.getFirst(), 10)).containsExactly(projects.getLast());
    assertThat(projects(tenant, projects.getLast(), 10)).isEmpty();
    List<UUID> later = read(tx -> tx.quotas().tenants(tenant, 1000));
    List<UUID> one = read(tx -> tx.quotas().tenants(null, 1));
    assertThat(later).doesNotContain(tenant).contains(world.otherTenantId());
    assertThat(one).hasSize(1);
  }

  private List<UUID> projects(UUID tenant, @Nullable UUID after, int limit) {
    return read(tx -> tx.quotas().projects(tenant, after, limit));
  }

  private List<Drift> drift(@Nullable UUID project) {
    return read(tx -> tx.quotas().drift(world.tenantId(), project));
  }

  private boolean bound(UUID tenant, @Nullable Long maxBytes) {
    return commit(tx -> tx.quotas().bound(tenant, maxBytes));
  }

  private void bound() {
    Project project = world.project();
    ProjectProfile profile = project.profile();
    ProjectRules rules = new ProjectRules(Map.of(), 1L << 50, null, null);
    ProjectProfile bounded =
        new ProjectProfile(
            profile.slug(), profile.name(), profile.description(), profile.metadata(), rules);
    boolean isWritten = commit(tx -> tx.projects().update(project.with(bounded, at(0))));
    assertThat(isWritten).isTrue();
  }

  private ProjectUsage usage(Instant now) {
    return room(now).usage();
  }

  private TenantQuota tenant(Instant now) {
    return room(now).tenant();
  }

  private UploadRoom room(Instant now) {
    RoomRequest request =
        new RoomRequest(world.tenantId(), world.project().projectId(), null, null, now);
    return read(tx -> tx.rooms().find(request)).orElseThrow();
  }
}
