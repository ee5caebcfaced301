package io.waybill.core.member;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.access.Permission;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What roles give, and what none gives. */
class MemberRoleTest {

  /** What is the tenant's, or nobody's in passing. */
  private static final Set<Permission> OF_NO_ROLE =
      EnumSet.of(
          Permission.PROJECT_CREATE,
          Permission.DATASET_OBJECT_LOCK_BYPASS,
          Permission.STORAGE_POLICY_VIEW,
          Permission.STORAGE_POLICY_MANAGE,
          Permission.AUDIT_VIEW,
          Permission.ADMIN_UPLOADS,
          Permission.API_KEY_VIEW,
          Permission.API_KEY_CREATE,
          Permission.API_KEY_DELETE);

  @Test
  void whoever_adds_a_permission_says_which_role_gives_it() {
    EnumSet<Permission> all = EnumSet.copyOf(MemberRole.OWNER.permissions());
    all.addAll(OF_NO_ROLE);

    assertThat(all).isEqualTo(EnumSet.allOf(Permission.class));
    assertThat(MemberRole.OWNER.permissions()).doesNotContainAnyElementsOf(OF_NO_ROLE);
  }

  @Test
  void each_role_may_do_what_the_one_before_it_may_and_more() {
    MemberRole[] roles = MemberRole.values();
    for (int i = 1; i < roles.length; i++) {
      assertThat(roles[i].permissions())
          .containsAll(roles[i - 1].permissions())
          .hasSizeGreaterThan(roles[i - 1].permissions().size());
    }
  }
}
