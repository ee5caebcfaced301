package io.waybill.core.member;

import java.time.Instant;
import java.util.UUID;

/** A member as it is answered, and remembered under an idempotency key. */
public record MemberAnswer(
    UUID projectId,
    String subjectType,
    UUID subjectId,
    String role,
    MemberStatus status,
    long version,
    Instant createdAt,
    Instant updatedAt) {

  public static MemberAnswer of(ProjectMember member) {
    return new MemberAnswer(
        member.projectId(),
        member.subject().word(),
        member.subject().id(),
        member.role().word(),
        member.status(),
        member.version(),
        member.createdAt(),
        member.updatedAt());
  }
}
