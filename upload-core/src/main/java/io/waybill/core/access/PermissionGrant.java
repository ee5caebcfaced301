package io.waybill.core.access;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A grant as people and roles give it and take it back. There is one of the same subject, resource,
 * code, effect and source.
 *
 * @param source who takes it back: {@link #MANUAL}, {@link #PROJECT_GRANT} or {@code role:<name>}
 */
public record PermissionGrant(
    UUID permissionGrantId,
    UUID tenantId,
    Subject subject,
    Grant grant,
    String source,
    Instant createdAt) {

  /** Given by itself, to be taken back by itself. */
  public static final String MANUAL = "manual";

  /** What a device may do in a project that was opened to it. */
  public static final String PROJECT_GRANT = "project_grant";

  /** Given with a role. */
  public static String ofRole(String name) {
    return "role:" + name;
  }

  public boolean isManual() {
    return source.equals(MANUAL);
  }

  /** The same with another end; null for none. */
  public PermissionGrant until(@Nullable Instant expiresAt) {
    Grant until =
        new Grant(
            grant.resourceKind(), grant.resourceId(), grant.code(), grant.effect(), expiresAt);
    return new PermissionGrant(permissionGrantId, tenantId, subject, until, source, createdAt);
  }

  /** Whether the two could not stand beside each other. */
  public boolean isSameAs(PermissionGrant other) {
    return tenantId.equals(other.tenantId)
        && subject.equals(other.subject)
        && source.equals(other.source)
        && until(null).grant.equals(other.until(null).grant);
  }
}
