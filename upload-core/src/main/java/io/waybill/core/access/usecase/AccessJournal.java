package io.waybill.core.access.usecase;

import io.waybill.core.ErrorCode;
import io.waybill.core.access.ApiKey;
import io.waybill.core.access.Identity;
import io.waybill.core.access.Origin;
import io.waybill.core.access.PermissionGrant;
import io.waybill.core.access.Resource;
import io.waybill.core.access.ResourceKind;
import io.waybill.core.event.AuditEvent;
import io.waybill.core.event.Facts;
import io.waybill.core.event.Journal;
import io.waybill.core.work.IdSource;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes the rows that a change of who may do what leaves behind: in the audit trail only. */
final class AccessJournal {

  private final Journal journal;

  AccessJournal(IdSource ids) {
    this.journal = new Journal(ids);
  }

  Facts created(ApiKey key, Origin origin) {
    return audited(
        journal.audit(
            AccessEvent.API_KEY_CREATED,
            key.resource(),
            origin,
            key.createdAt(),
            Map.of("after", said(key))));
  }

  Facts revoked(ApiKey before, ApiKey after, Origin origin, Instant at) {
    return audited(
        journal.audit(
            AccessEvent.API_KEY_REVOKED,
            after.resource(),
            origin,
            at,
            Map.of("before", said(before), "after", said(after))));
  }

  Facts granted(PermissionGrant grant, Resource on, Origin origin) {
    return audited(
        journal.audit(
            AccessEvent.PERMISSION_GRANT_CREATED,
            itself(grant, on),
            origin,
            grant.createdAt(),
            Map.of("after", said(grant))));
  }

  Facts regranted(
      PermissionGrant before, PermissionGrant after, Resource on, Origin origin, Instant at) {
    return audited(
        journal.audit(
            AccessEvent.PERMISSION_GRANT_CHANGED,
            itself(after, on),
            origin,
            at,
            Map.of("before", said(before), "after", said(after))));
  }

  Facts ungranted(PermissionGrant grant, Resource on, Origin origin, Instant at) {
    return audited(
        journal.audit(
            AccessEvent.PERMISSION_GRANT_DELETED,
            itself(grant, on),
            origin,
            at,
            Map.of("before", said(grant))));
  }

  /**
   * A secret let nobody in.
   *
   * @param owner whose it was; null when it is nobody's
   */
  Facts notLetIn(
      Showing showing, @Nullable Identity owner, Resource where, ErrorCode why, Instant at) {
    String actor = owner == null ? "nobody" : owner.actor();
    Origin origin = new Origin(actor, showing.requestId(), showing.transport(), showing.client());
    return audited(
        journal.refused(
            "auth.failed", why.code(), where, origin, at, Map.of("address", showing.source())));
  }

  private static Resource itself(PermissionGrant grant, Resource on) {
    return on.under(ResourceKind.PERMISSION_GRANT, grant.permissionGrantId());
  }

  private static Map<String, Object> said(PermissionGrant grant) {
    Map<String, Object> said = new TreeMap<>();
    said.put("subject_type", grant.subject().word());
    said.put("subject_id", grant.subject().id().toString());
    said.put("resource_type", grant.grant().resourceKind().code());
    said.put("resource_id", grant.grant().resourceId().toString());
    said.put("code", grant.grant().code());
    said.put("effect", grant.grant().effect().name());
    said.put("source", grant.source());
    if (grant.grant().expiresAt() != null) {
      said.put("expires_at", grant.grant().expiresAt().toString());
    }
    return said;
  }

  private static Facts audited(AuditEvent row) {
    return new Facts(List.of(), List.of(row), List.of());
  }

  /** Everything but the key and its hash. */
  private static Map<String, Object> said(ApiKey key) {
    Map<String, Object> said = new TreeMap<>();
    said.put("name", key.name());
    said.put("prefix", key.prefix());
    if (!key.deviceIds().isEmpty()) {
      said.put("device_ids", key.deviceIds().stream().map(UUID::toString).sorted().toList());
    }
    if (key.expiresAt() != null) {
      said.put("expires_at", key.expiresAt().toString());
    }
    if (key.revokedAt() != null) {
      said.put("revoked_at", key.revokedAt().toString());
    }
    return said;
  }
}
