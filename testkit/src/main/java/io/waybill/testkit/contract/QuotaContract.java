package io.waybill.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.project.Project;
import io.waybill.core.project.ProjectProfile;
import io.waybill.core.project.ProjectRules;
import io.waybill.core.project.ProjectUsage;
import io.waybill.core.quota.TenantQuota;
import io.waybill.core.upload.RoomStore.RoomRequest;
import io.waybill.core.upload.Session;
import io.waybill.core.upload.TaskStore.NewTask;
import io.waybill.core.upload.UploadEvent;
import io.waybill.core.upload.UploadRoom;
import java.time.Instant;
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
    Optional<TenantQuota> nobodys = read(tx -> tx.quotas().find(Ids.next()));
    assertThat(nobodys).isEmpty();
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
