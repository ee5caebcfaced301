package io.waybill.core.access.usecase;

import io.waybill.core.access.PermissionGrant;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A grant as it is answered, and remembered under an idempotency key. */
public record PermissionGrantAnswer(
    UUID permissionGrantId,
    String subjectType,
    UUID subjectId,
    String resourceType,
    UUID resourceId,
    String code,
    String effect,
    String source,
    @Nullable Instant expiresAt,
    Instant createdAt) {

  public static PermissionGrantAnswer of(PermissionGrant grant) {
    return new PermissionGrantAnswer(
        grant.permissionGrantId(),
        grant.subject().word(),
        grant.subject().id(),
        grant.grant().resourceKind().code(),
        grant.grant().resourceId(),
        grant.grant().code(),
        grant.grant().effect().name(),
        grant.source(),
        grant.grant().expiresAt(),
        grant.createdAt());
  }
}
