package io.waybill.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.access.Subject;
import io.waybill.core.access.SubjectKind;
import io.waybill.core.member.MemberRole;
import io.waybill.core.member.MemberStatus;
import io.waybill.core.member.MemberStore.Query;
import io.waybill.core.member.ProjectMember;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** {@link io.waybill.core.member.MemberStore}. */
public abstract class MemberStoreContract extends PortContract {
  private final Subject user = new Subject(SubjectKind.USER, Ids.next());

  @Test
  void a_member_is_read_back_whole_in_its_own_project_only() {
    ProjectMember member = added(member(user, MemberRole.OWNER));

    assertThat(locked(world.tenantId(), world.project().projectId())).contains(member);
    assertThat(locked(world.tenantId(), world.strict().projectId())).isEmpty();
    assertThat(locked(world.otherTenantId(), world.project().projectId())).isEmpty();
  }

  @Test
  void nobody_is_a_member_twice_nor_of_a_project_that_is_not_there() {
    added(member(user, MemberRole.VIEWER));
    ProjectMember again = member(user, MemberRole.OWNER);
    ProjectMember nowhere =
        new ProjectMember(
            Ids.next(),
            world.tenantId(),
            world.foreign().projectId(),
            user,
            MemberRole.VIEWER,
            MemberStatus.ACTIVE,
            1,
            T0,
            T0);

    boolean isTwice = commit(tx -> tx.members().insert(again));
    boolean isNowhere = commit(tx -> tx.members().insert(nowhere));

    assertThat(isTwice).isFalse();
    assertThat(isNowhere).isFalse();
  }

  @Test
  void only_active_owners_are_counted() {
    ProjectMember owner = added(member(user, MemberRole.OWNER));
    added(member(new Subject(SubjectKind.GROUP, Ids.next()), MemberRole.OWNER));
    added(member(new Subject(SubjectKind.API_KEY, Ids.next()), MemberRole.MAINTAINER));

    assertThat(owners()).isEqualTo(2);
    updated(owner.disabled(at(1)));
    assertThat(owners()).isEqualTo(1);
    updated(owner.disabled(at(1)).enabled(at(2)));
    assertThat(owners()).isEqualTo(2);
    updated(owner.as(MemberRole.VIEWER, at(3)));
    assertThat(owners()).isEqualTo(1);
  }

  @Test
  void a_list_is_a_projects_newest_first() {
    ProjectMember first = added(member(user, MemberRole.VIEWER));
    ProjectMember second =
        added(member(new Subject(SubjectKind.GROUP, Ids.next()), MemberRole.OPERATOR));
    ProjectMember changed = first.as(MemberRole.OPERATOR, at(1)).disabled(at(2));
    updated(changed);

    assertThat(list(null, 9)).containsExactly(second, changed);
    assertThat(list(null, 1)).containsExactly(second);
    assertThat(list(second.memberId(), 1)).containsExactly(changed);
    commit(tx -> {
      tx.members().delete(second);
      return second;
    });
    assertThat(list(null, 9)).containsExactly(changed);
  }

  private ProjectMember member(Subject subject, MemberRole role) {
    return new ProjectMember(
        Ids.next(),
        world.tenantId(),
        world.project().projectId(),
        subject,
        role,
        MemberStatus.ACTIVE,
        1,
        T0,
        T0);
  }

  private ProjectMember added(ProjectMember member) {
    boolean isNew = commit(tx -> tx.members().insert(member));
    assertThat(isNew).isTrue();
    return member;
  }

  private void updated(ProjectMember member) {
    commit(tx -> {
      tx.members().update(member);
      return member;
    });
  }

  private Optional<ProjectMember> locked(UUID tenant, UUID project) {
    return commit(tx -> tx.members().lock(tenant, project, user.id()));
  }

  private int owners() {
    return read(tx -> tx.members().owners(world.tenantId(), world.project().projectId()));
  }

  private List<ProjectMember> list(@Nullable UUID before, int limit) {
    Query query = new Query(world.tenantId(), world.project().projectId(), before, limit);
    return read(tx -> tx.members().list(query));
  }
}
