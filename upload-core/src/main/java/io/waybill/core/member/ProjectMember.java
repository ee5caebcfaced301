package io.waybill.core.member;

import io.waybill.core.access.Resource;
import io.waybill.core.access.ResourceKind;
import io.waybill.core.access.Subject;
import java.time.Instant;
import java.util.UUID;

/**
 * Somebody who works in a project.
 *
 * @param memberId where it stands in lists
 */
public record ProjectMember(
    UUID memberId,
    UUID tenantId,
    UUID projectId,
    Subject subject,
    MemberRole role,
    MemberStatus status,
    long version,
    Instant createdAt,
    Instant updatedAt) {

  public ProjectMember as(MemberRole other, Instant at) {
    return changed(other, status, at);
  }

  public ProjectMember disabled(Instant at) {
    return changed(role, MemberStatus.DISABLED, at);
  }

  public ProjectMember enabled(Instant at) {
    return changed(role, MemberStatus.ACTIVE, at);
  }

  private ProjectMember changed(MemberRole newRole, MemberStatus newStatus, Instant at) {
    return new ProjectMember(
        memberId, tenantId, projectId, subject, newRole, newStatus, version + 1, createdAt, at);
  }

  public boolean isActive() {
    return status == MemberStatus.ACTIVE;
  }

  /** Whether somebody answers for the project in this one. */
  public boolean answers() {
    return isActive() && role == MemberRole.OWNER;
  }

  public Resource project() {
    return Resource.project(tenantId, projectId);
  }

  public Resource resource() {
    return project().under(ResourceKind.PROJECT_MEMBER, subject.id());
  }
}
