package io.waybill.core.memory;

import io.waybill.core.member.MemberStore;
import io.waybill.core.member.ProjectMember;
import io.waybill.core.project.Project;
import io.waybill.core.project.ProjectStatus;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

record MemoryMembers(MemoryTransaction tx) implements MemberStore {

  private static final Table<UUID, ProjectMember> MEMBERS = Table.of("project_members");

  @Override
  public boolean insert(ProjectMember member) {
    boolean isFree =
        isHeld(member.tenantId(), member.projectId())
            && of(member.tenantId(), member.projectId())
                .noneMatch(other -> other.subject().id().equals(member.subject().id()));
    if (isFree) {
      rows().put(member.memberId(), member);
    }
    return isFree;
  }

  @Override
  public Optional<ProjectMember> lock(UUID tenantId, UUID projectId, UUID subjectId) {
    return isHeld(tenantId, projectId)
        ? of(tenantId, projectId)
            .filter(member -> member.subject().id().equals(subjectId))
            .findFirst()
            .flatMap(member -> rows().lock(member.memberId()))
        : Optional.empty();
  }

  /** The project stands for all of its members. */
  private boolean isHeld(UUID tenantId, UUID projectId) {
    Optional<Project> project = tx.of(MemoryProjects.PROJECTS).lock(projectId);
    return project
        .filter(one -> one.tenantId().equals(tenantId))
        .filter(one -> one.status() != ProjectStatus.DELETED)
        .isPresent();
  }

  @Override
  public void update(ProjectMember member) {
    rows().put(member.memberId(), member);
  }

  @Override
  public void delete(ProjectMember member) {
    rows().remove(member.memberId());
  }

  @Override
  public int owners(UUID tenantId, UUID projectId) {
    return (int) of(tenantId, projectId).filter(ProjectMember::answers).count();
  }

  @Override
  public List<ProjectMember> list(Query query) {
    return of(query.tenantId(), query.projectId())
        .filter(one -> query.before() == null || one.memberId().compareTo(query.before()) < 0)
        .sorted(Comparator.comparing(ProjectMember::memberId).reversed())
        .limit(query.limit())
        .toList();
  }

  private Stream<ProjectMember> of(UUID tenantId, UUID projectId) {
    return rows().values().stream()
        .filter(one -> one.tenantId().equals(tenantId) && one.projectId().equals(projectId));
  }

  private Rows<UUID, ProjectMember> rows() {
    return tx.of(MEMBERS);
  }
}
