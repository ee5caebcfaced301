package io.waybill.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.access.Grant;
import io.waybill.core.access.GrantStore.Query;
import io.waybill.core.access.Identity;
import io.waybill.core.access.PermissionGrant;
import io.waybill.core.access.Resource;
import io.waybill.core.access.ResourceKind;
import io.waybill.core.access.Subject;
import io.waybill.core.access.SubjectKind;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** {@link io.waybill.core.access.GrantStore}. */
public abstract class GrantStoreContract extends PortContract {

  private final Subject user = new Subject(SubjectKind.USER, Ids.next());

  private final Resource.Node project =
      new Resource.Node(ResourceKind.PROJECT, world.project().projectId());

  @Test
  void whoever_is_looked_up_afterwards_has_what_was_granted() {
    PermissionGrant toRobot = added(grant(robot(), project, "manual"));
    PermissionGrant toKey =
        added(grant(world.apiKey().subject(), project, "role:viewer", "project.view"));

    Optional<Identity> device =
        read(tx -> tx.identities().device(world.tenantId(), world.otherRobot().id()));
    Optional<Identity> byCredential =
        read(tx -> tx.identities().byDeviceCredential(world.otherCredentialSha256(), T0));
    Optional<Identity> key = read(tx -> tx.identities().byApiKey(world.apiKeySha256(), T0));

    assertThat(device.orElseThrow().grants()).contains(toRobot.grant());
    assertThat(byCredential.orElseThrow().grants()).contains(toRobot.grant());
    assertThat(key.orElseThrow().grants()).contains(toKey.grant()).doesNotContain(toRobot.grant());
  }

  @Test
  void the_same_is_not_there_twice_but_once_from_each_source() {
    PermissionGrant first = added(grant(robot(), project, "manual"));
    PermissionGrant again = grant(robot(), project, "manual").until(at(60));
    PermissionGrant fromRole = grant(robot(), project, "role:viewer");

    assertThat(add(again, fromRole)).isEqualTo(1);

    assertThat(same(again)).contains(first);
    assertThat(ofRobot()).containsExactly(fromRole, first);
  }

  @Test
  void a_grant_is_read_back_whole_in_its_own_tenant_only() {
    PermissionGrant bare = added(grant(robot(), project, "manual"));
    PermissionGrant full = added(grant(robot(), project, "role:viewer").until(at(60)));

    assertThat(locked(world.tenantId(), bare)).contains(bare);
    assertThat(locked(world.tenantId(), full)).contains(full);
    assertThat(locked(world.otherTenantId(), full)).isEmpty();
    assertThat(same(grant(robot(), project, "project_grant"))).isEmpty();
  }

  @Test
  void the_end_of_a_grant_can_be_moved_and_taken_away() {
    PermissionGrant grant = added(grant(robot(), project, "manual"));

    changed(grant.until(at(60)));
    assertThat(ofRobot()).containsExactly(grant.until(at(60)));
    changed(grant);
    assertThat(ofRobot()).containsExactly(grant);
  }

  @Test
  void what_is_taken_back_is_gone_and_nothing_else() {
    PermissionGrant gone = added(grant(robot(), project, "manual"));
    PermissionGrant stays = added(grant(robot(), project, "role:viewer"));

    commit(tx -> {
      tx.grants().delete(gone);
      return gone;
    });

    assertThat(ofRobot()).containsExactly(stays);
    Optional<Identity> robot =
        read(tx -> tx.identities().device(world.tenantId(), world.otherRobot().id()));
    assertThat(robot.orElseThrow().grants()).containsOnlyOnce(stays.grant());
  }

  @Test
  void a_source_takes_back_its_own_on_the_very_resource() {
    Resource.Node strict = new Resource.Node(ResourceKind.PROJECT, world.strict().projectId());
    added(grant(robot(), project, "role:viewer", "project.view"));
    added(grant(robot(), project, "role:viewer", "dataset.view"));
    PermissionGrant manual = added(grant(robot(), project, "manual", "project.view"));
    PermissionGrant elsewhere = added(grant(robot(), strict, "role:viewer", "project.view"));
    PermissionGrant theirs = added(grant(user, project, "role:viewer", "project.view"));

    int taken = commit(tx -> tx.grants().take(world.tenantId(), robot(), project, "role:viewer"));

    assertThat(taken).isEqualTo(2);
    assertThat(ofRobot()).containsExactly(elsewhere, manual);
    assertThat(list(user, null, null, 9)).containsExactly(theirs);
  }

  @Test
  void a_list_is_a_tenants_newest_first_of_a_subject_or_on_a_resource() {
    Resource.Node tenant = new Resource.Node(ResourceKind.TENANT, world.tenantId());
    PermissionGrant first = added(grant(robot(), project, "manual", "project.view"));
    PermissionGrant second = added(grant(robot(), tenant, "manual", "project.view"));
    PermissionGrant third = added(grant(user, project, "manual", "project.view"));

    assertThat(list(null, null, null, 3)).containsExactly(third, second, first);
    assertThat(list(null, null, null, 2)).containsExactly(third, second);
    assertThat(list(null, null, second.permissionGrantId(), 1)).containsExactly(first);
    assertThat(list(robot(), null, null, 9)).containsExactly(second, first);
    assertThat(list(null, project, null, 2)).containsExactly(third, first);
    assertThat(list(robot(), project, null, 9)).containsExactly(first);
    Query elsewhere = new Query(world.otherTenantId(), null, null, null, Set.of(), T0, null, 9);
    List<PermissionGrant> theirs = read(tx -> tx.grants().list(elsewhere));
    assertThat(theirs).isEmpty();
  }

  @Test
  void what_is_granted_on_or_under_a_denied_resource_is_left_out() {
    UUID task = created(1).task().taskId();
    PermissionGrant onProject = added(grant(robot(), project, "manual"));
    PermissionGrant under =
        added(grant(robot(), new Resource.Node(ResourceKind.UPLOAD_TASK, task), "manual"));

    assertThat(without(world.project().projectId())).isEmpty();
    assertThat(without(task)).containsExactly(onProject);
    assertThat(without(Ids.next())).containsExactly(under, onProject);
  }

  @Test
  void what_has_expired_is_not_listed() {
    added(grant(robot(), project, "manual").until(T0));
    PermissionGrant alive = added(grant(robot(), project, "role:x").until(T0.plusSeconds(1)));

    assertThat(ofRobot()).containsExactly(alive);
  }

  private List<PermissionGrant> without(UUID denied) {
    Query query = new Query(world.tenantId(), robot(), null, null, Set.of(denied), T0, null, 9);
    return read(tx -> tx.grants().list(query));
  }

  private Subject robot() {
    return world.otherRobot().subject();
  }

  private PermissionGrant grant(Subject subject, Resource.Node on, String source) {
    return grant(subject, on, source, "dataset.download");
  }

  private PermissionGrant grant(Subject subject, Resource.Node on, String source, String code) {
    return new PermissionGrant(
        Ids.next(),
        world.tenantId(),
        subject,
        new Grant(on.kind(), on.id(), code, Grant.Effect.ALLOW, null),
        source,
        T0);
  }

  private PermissionGrant added(PermissionGrant grant) {
    assertThat(add(grant)).isEqualTo(1);
    return grant;
  }

  private int add(PermissionGrant... grants) {
    return commit(tx -> tx.grants().add(List.of(grants)));
  }

  private void changed(PermissionGrant grant) {
    commit(tx -> {
      tx.grants().change(grant);
      return grant;
    });
  }

  private Optional<PermissionGrant> locked(UUID tenant, PermissionGrant grant) {
    return commit(tx -> tx.grants().lock(tenant, grant.permissionGrantId()));
  }

  private Optional<PermissionGrant> same(PermissionGrant grant) {
    return commit(tx -> tx.grants().lockSame(grant));
  }

  private List<PermissionGrant> ofRobot() {
    return list(robot(), null, null, 9);
  }

  /** The world has grants of its own, which are older. */
  private List<PermissionGrant> list(
      @Nullable Subject subject, Resource.@Nullable Node on, @Nullable UUID before, int limit) {
    Query query =
        new Query(
            world.tenantId(),
            subject,
            on == null ? null : on.kind(),
            on == null ? null : on.id(),
            Set.of(),
            T0,
            before,
            limit);
    return read(tx -> tx.grants().list(query));
  }
}
