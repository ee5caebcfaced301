package io.waybill.core.access;

import static io.waybill.core.fixture.Registry.OTHER_TENANT;
import static io.waybill.core.fixture.Registry.PROJECT;
import static io.waybill.core.fixture.Registry.STRICT_PROJECT;
import static io.waybill.core.fixture.Registry.TENANT;
import static io.waybill.core.fixture.Registry.allow;
import static io.waybill.core.fixture.Registry.deny;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.fixture.Registry;
import io.waybill.core.upload.Owner;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Grants inherit downwards, DENY beats ALLOW, and what has expired does not exist. */
class AuthorizerTest {

  private static final Instant NOW = Registry.BEGINNING;
  private static final UUID DATASET = new UUID(1, 1);
  private static final UUID TASK = new UUID(1, 2);
  private static final UUID SESSION = new UUID(1, 3);
  private static final Resource SESSION_RESOURCE =
      new Owner(TENANT, PROJECT, DATASET, TASK, new UUID(1, 4), Registry.ROBOT_17)
          .resource(SESSION);

  private static boolean allows(Permission permission, Resource resource, Grant... grants) {
    return Authorizer.allows(Registry.having(grants).identity(), permission, resource, NOW);
  }

  @Test
  void nothing_is_allowed_that_no_grant_allows() {
    for (Permission permission : Permission.values()) {
      assertThat(allows(permission, SESSION_RESOURCE)).as("%s", permission).isFalse();
    }
  }

  @Test
  void a_grant_on_anything_above_a_session_holds_for_the_session() {
    Permission pause = Permission.UPLOAD_PAUSE;
    assertThat(allows(pause, SESSION_RESOURCE, allow(ResourceKind.TENANT, TENANT, pause))).isTrue();
    assertThat(allows(pause, SESSION_RESOURCE, allow(ResourceKind.PROJECT, PROJECT, pause)))
        .isTrue();
    assertThat(allows(pause, SESSION_RESOURCE, allow(ResourceKind.DATASET, DATASET, pause)))
        .isTrue();
    assertThat(allows(pause, SESSION_RESOURCE, allow(ResourceKind.UPLOAD_TASK, TASK, pause)))
        .isTrue();
    assertThat(allows(pause, SESSION_RESOURCE, allow(ResourceKind.UPLOAD_SESSION, SESSION, pause)))
        .isTrue();
  }

  @Test
  void a_grant_holds_for_nothing_beside_or_above_its_resource() {
    Permission view = Permission.DATASET_VIEW;
    Grant onSession = allow(ResourceKind.UPLOAD_SESSION, SESSION, view);
    assertThat(allows(view, Resource.task(TENANT, PROJECT, TASK), onSession)).isFalse();
    Grant onProject = allow(ResourceKind.PROJECT, PROJECT, view);
    assertThat(allows(view, Resource.project(TENANT, STRICT_PROJECT), onProject)).isFalse();
    Grant onOtherTenant = allow(ResourceKind.TENANT, OTHER_TENANT, view);
    assertThat(allows(view, Resource.project(TENANT, PROJECT), onOtherTenant)).isFalse();
  }

  @Test
  void an_id_alone_is_not_enough_the_kind_must_fit_too() {
    Permission view = Permission.DATASET_VIEW;
    assertThat(allows(view, SESSION_RESOURCE, allow(ResourceKind.DATASET, PROJECT, view)))
        .isFalse();
  }

  @Test
  void a_grant_gives_its_own_code_and_no_other() {
    Grant grant = allow(ResourceKind.TENANT, TENANT, Permission.UPLOAD_PRESIGN);
    for (Permission permission : Permission.values()) {
      assertThat(allows(permission, SESSION_RESOURCE, grant))
          .as("%s", permission)
          .isEqualTo(permission == Permission.UPLOAD_PRESIGN);
    }
  }

  @Test
  void deny_beats_allow_wherever_both_apply() {
    Permission abort = Permission.UPLOAD_ABORT;
    assertThat(
            allows(
                abort,
                SESSION_RESOURCE,
                allow(ResourceKind.UPLOAD_SESSION, SESSION, abort),
                deny(ResourceKind.TENANT, TENANT, abort)))
        .isFalse();
    assertThat(
            allows(
                abort,
                SESSION_RESOURCE,
                allow(ResourceKind.TENANT, TENANT, abort),
                deny(ResourceKind.DATASET, DATASET, abort)))
        .isFalse();
    assertThat(
            allows(
                abort,
                SESSION_RESOURCE,
                allow(ResourceKind.TENANT, TENANT, abort),
                deny(ResourceKind.PROJECT, STRICT_PROJECT, abort)))
        .isTrue();
  }

  @Test
  void an_expired_grant_neither_allows_nor_denies() {
    String code = Permission.UPLOAD_RESUME.code();
    Grant over = new Grant(ResourceKind.TENANT, TENANT, code, Grant.Effect.ALLOW, NOW);
    Grant overDeny = new Grant(ResourceKind.TENANT, TENANT, code, Grant.Effect.DENY, NOW);
    Grant live = new Grant(ResourceKind.TENANT, TENANT, code, Grant.Effect.ALLOW, NOW.plusNanos(1));
    assertThat(allows(Permission.UPLOAD_RESUME, SESSION_RESOURCE, over)).isFalse();
    assertThat(allows(Permission.UPLOAD_RESUME, SESSION_RESOURCE, live, overDeny)).isTrue();
  }

  @Test
  void a_device_may_upload_in_its_projects_and_neither_download_nor_more() {
    Identity robot = Registry.robot17().identity();
    for (Permission permission : Permission.values()) {
      boolean its =
          (permission.code().startsWith("upload.") && permission != Permission.UPLOAD_CANCEL)
              || permission == Permission.PROJECT_VIEW
              || permission == Permission.DATASET_VIEW;
      assertThat(Authorizer.allows(robot, permission, SESSION_RESOURCE, NOW))
          .as("%s", permission)
          .isEqualTo(its);
      assertThat(
              Authorizer.allows(robot, permission, Resource.project(TENANT, STRICT_PROJECT), NOW))
          .as("%s elsewhere", permission)
          .isFalse();
    }
  }

  @Test
  void deny_beats_what_a_device_gets_from_its_project() {
    Identity robot =
        Registry.granted(
            Registry.robot17().identity(),
            deny(ResourceKind.PROJECT, PROJECT, Permission.UPLOAD_PRESIGN),
            deny(ResourceKind.PROJECT, PROJECT, Permission.DATASET_VIEW));
    assertThat(Authorizer.allows(robot, Permission.UPLOAD_PRESIGN, SESSION_RESOURCE, NOW))
        .isFalse();
    assertThat(Authorizer.allows(robot, Permission.DATASET_VIEW, SESSION_RESOURCE, NOW)).isFalse();
    assertThat(Authorizer.allows(robot, Permission.UPLOAD_PAUSE, SESSION_RESOURCE, NOW)).isTrue();
  }

  @Test
  void a_list_shows_what_grants_allow_less_what_they_deny() {
    Permission view = Permission.PROJECT_VIEW;
    ProjectScope all =
        scope(allow(ResourceKind.TENANT, TENANT, view), deny(ResourceKind.PROJECT, PROJECT, view));
    assertThat(all.contains(STRICT_PROJECT)).isTrue();
    assertThat(all.contains(PROJECT)).isFalse();

    ProjectScope one = scope(allow(ResourceKind.PROJECT, PROJECT, view));
    assertThat(one.contains(PROJECT)).isTrue();
    assertThat(one.contains(STRICT_PROJECT)).isFalse();

    ProjectScope none =
        scope(
            allow(ResourceKind.TENANT, TENANT, view),
            allow(ResourceKind.PROJECT, PROJECT, view),
            deny(ResourceKind.TENANT, TENANT, view));
    assertThat(none.contains(PROJECT)).isFalse();
  }

  private static ProjectScope scope(Grant... grants) {
    return Authorizer.scope(Registry.having(grants).identity(), Permission.PROJECT_VIEW, NOW);
  }

  @Test
  void a_device_lists_the_projects_it_may_upload_to() {
    ProjectScope scope =
        Authorizer.scope(Registry.robot17().identity(), Permission.PROJECT_VIEW, NOW);
    assertThat(scope.contains(PROJECT)).isTrue();
    assertThat(scope.contains(STRICT_PROJECT)).isFalse();
  }
}
