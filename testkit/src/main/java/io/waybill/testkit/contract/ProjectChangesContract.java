package io.waybill.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.project.Project;
import io.waybill.core.project.ProjectProfile;
import io.waybill.core.project.ProjectRules;
import io.waybill.core.project.ProjectStatus;
import io.waybill.core.project.ProjectUsage;
import io.waybill.core.upload.Session;
import io.waybill.core.upload.TaskStore.NewTask;
import io.waybill.core.upload.UploadEvent;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What changes in {@link io.waybill.core.project.ProjectStore}. */
public abstract class ProjectChangesContract extends PortContract {

  @Test
  void a_project_is_read_back_as_it_was_written() {
    Project bare = inserted(project("bare", ProjectRules.NONE));
    Project full =
        inserted(
            project("full", new ProjectRules(Map.of("type", "object"), 5_000_000_000L, 7, 30)));

    assertThat(locked(bare)).contains(bare);
    assertThat(locked(full)).contains(full);
    Project changed =
        full.with(bare.with(full.profile(), at(1)).profile(), at(1))
            .storingBy(world.foreignPolicy().storagePolicyId(), at(2))
            .archived(at(3));
    assertThat(update(changed)).isTrue();
    assertThat(locked(full)).contains(changed);
    Optional<Project> theirs = commit(tx -> tx.projects().lock(world.tenantId(), full.projectId()));
    assertThat(theirs).isEmpty();
  }

  @Test
  void a_slug_is_given_once_in_a_tenant_until_its_project_is_deleted() {
    Project first = inserted(project("here", ProjectRules.NONE));
    Project second = inserted(project("there", ProjectRules.NONE));
    Project third = project("here", ProjectRules.NONE);

    assertThat(insert(third)).isFalse();
    assertThat(update(second.with(first.profile(), at(1)))).isFalse();
    assertThat(locked(second)).contains(second);
    assertThat(update(first.deleted(at(2)))).isTrue();
    assertThat(locked(first)).isEmpty();
    Optional<Project> deleted =
        read(tx -> tx.projects().find(world.otherTenantId(), first.projectId()));
    assertThat(deleted).isEmpty();
    assertThat(insert(third)).isTrue();
  }

  @Test
  void a_project_is_empty_until_something_is_in_it() {
    Project empty = inserted(project("empty", ProjectRules.NONE));
    assertThat(isEmpty(empty)).isTrue();

    created(1);

    assertThat(isEmpty(world.project())).isFalse();
  }

  @Test
  void what_is_open_is_reserved_until_it_ends() {
    NewTask made = created(2);
    long size = made.sessions().getFirst().upload().plan().fileSizeBytes();
    assertThat(usage(world.project())).isEqualTo(new ProjectUsage(0, 2 * size, 2));

    Session.Initiating first = made.sessions().getFirst();
    Session.Initiated open =
        moved(first, first.initiated("upload-1", at(1)), UploadEvent.INITIATED);
    assertThat(usage(world.project()).openUploads()).isEqualTo(2);
    Session.Aborting aborting = moved(open, open.abort("no", at(3)), UploadEvent.ABORT_REQUESTED);
    moved(aborting, aborting.confirm(null, at(4)), UploadEvent.ABORTED);

    assertThat(usage(world.project())).isEqualTo(new ProjectUsage(0, size, 1));
    assertThat(usage(world.strict())).isEqualTo(ProjectUsage.NONE);
  }

  @Test
  void a_policy_is_usable_in_its_own_tenant() {
    UUID mine = world.policy().storagePolicyId();

    boolean here = read(tx -> tx.policies().isUsable(world.tenantId(), mine));
    boolean elsewhere = read(tx -> tx.policies().isUsable(world.otherTenantId(), mine));

    assertThat(here).isTrue();
    assertThat(elsewhere).isFalse();
  }

  private Project project(String slug, ProjectRules rules) {
    return new Project(
        Ids.next(),
        world.otherTenantId(),
        null,
        new ProjectProfile(slug, "Line 9", "by night", Map.of("hall", "4"), rules),
        ProjectStatus.ACTIVE,
        1,
        T0,
        T0,
        null);
  }

  private boolean insert(Project project) {
    return commit(tx -> tx.projects().insert(project));
  }

  private Project inserted(Project project) {
    assertThat(insert(project)).isTrue();
    return project;
  }

  private boolean update(Project project) {
    return commit(tx -> {
      tx.projects().lock(project.tenantId(), project.projectId());
      return tx.projects().update(project);
    });
  }

  private Optional<Project> locked(Project project) {
    return commit(tx -> tx.projects().lock(world.otherTenantId(), project.projectId()));
  }

  private boolean isEmpty(Project project) {
    return read(tx -> tx.projects().isEmpty(project.tenantId(), project.projectId()));
  }

  private ProjectUsage usage(Project project) {
    return read(tx -> tx.projects().usage(List.of(project.projectId())))
        .getOrDefault(project.projectId(), ProjectUsage.NONE);
  }
}
