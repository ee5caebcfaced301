package io.waybill.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.project.Project;
import io.waybill.core.project.ProjectProfile;
import io.waybill.core.project.ProjectRules;
import io.waybill.core.quota.QuotaFill;
import io.waybill.core.upload.Session;
import io.waybill.core.upload.TaskStore.NewTask;
import io.waybill.core.upload.UploadEvent;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** {@link io.waybill.core.quota.QuotaWarningStore}. */
public abstract class QuotaWarningContract extends PortContract {

  private static final long BYTES = Uploads.FILE_BYTES;

  @Test
  void who_has_no_bound_or_is_far_from_it_is_not_near() {
    created(2);
    bound(5 * BYTES);

    assertThat(near(null)).isEmpty();
    assertThat(near(5 * BYTES)).isEmpty();
  }

  @Test
  void tenants_and_projects_are_near_from_eighty_percent_on_by_what_is_stored_and_promised() {
    created(4);
    bound(5 * BYTES);

    assertThat(near(null)).containsExactly(project(5 * BYTES, 0));
    assertThat(near(5 * BYTES)).containsExactlyInAnyOrder(project(5 * BYTES, 0), tenant(5 * BYTES));
    assertThat(near(5 * BYTES + 1)).containsExactly(project(5 * BYTES, 0));
    commit(tx -> tx.quotas().bound(world.tenantId(), 4 * BYTES));
    assertThat(near(null)).contains(tenant(4 * BYTES));
    List<QuotaFill> others =
        read(tx -> tx.quotaWarnings().near(List.of(world.otherTenantId()), null));
    assertThat(others).isEmpty();
  }

  @Test
  void the_largest_bound_can_be_compared_with() {
    created(1);
    bound(Long.MAX_VALUE);

    assertThat(near(Long.MAX_VALUE)).isEmpty();
  }

  @Test
  void what_one_has_told_nobody_else_who_saw_the_same_tells_too() {
    created(4);
    bound(5 * BYTES);
    QuotaFill seen = project(5 * BYTES, 0);

    assertThat(tell(seen)).hasValue(1);
    assertThat(tell(seen)).isEmpty();
    assertThat(near(null)).containsExactly(project(5 * BYTES, 80));
  }

  @Test
  void what_was_told_stays_near_when_it_has_fallen_or_lost_its_bound_until_that_is_noted() {
    NewTask made = created(4);
    bound(5 * BYTES);
    tell(project(5 * BYTES, 0));
    Session.Initiating first = made.sessions().getFirst();
    moved(first, first.abort("no", at(1)), UploadEvent.ABORT_REQUESTED);

    QuotaFill fallen = fill(5 * BYTES, 3, 80);
    assertThat(near(null)).containsExactly(fallen);
    bound(null);
    assertThat(near(null)).containsExactly(fill(null, 3, 80));
    assertThat(tell(fallen)).hasValue(1);
    assertThat(near(null)).isEmpty();

    bound(3 * BYTES);
    assertThat(near(null)).containsExactly(fill(3 * BYTES, 3, 0));
    assertThat(tell(fill(3 * BYTES, 3, 0))).as("the second warning").hasValue(2);
  }

  private QuotaFill project(long maxBytes, int told) {
    return fill(maxBytes, 4, told);
  }

  private QuotaFill fill(@Nullable Long maxBytes, int files, int told) {
    UUID project = world.project().projectId();
    return new QuotaFill(world.tenantId(), project, maxBytes, 0, files * BYTES, told);
  }

  private QuotaFill tenant(long maxBytes) {
    return new QuotaFill(world.tenantId(), null, maxBytes, 0, 4 * BYTES, 0);
  }

  private List<QuotaFill> near(@Nullable Long tenantBytes) {
    return read(tx -> tx.quotaWarnings().near(List.of(world.tenantId()), tenantBytes));
  }

  private OptionalLong tell(QuotaFill fill) {
    return commit(tx -> tx.quotaWarnings().tell(fill));
  }

  private void bound(@Nullable Long maxBytes) {
    ProjectProfile profile = world.project().profile();
    ProjectProfile bounded =
        new ProjectProfile(
            profile.slug(),
            profile.name(),
            profile.description(),
            profile.metadata(),
            new ProjectRules(Map.of(), maxBytes, null, null));
    boolean isWritten =
        commit(tx -> {
          Project now =
              tx.projects().lock(world.tenantId(), world.project().projectId()).orElseThrow();
          return tx.projects().update(now.with(bounded, at(0)));
        });
    assertThat(isWritten).isTrue();
  }
}
