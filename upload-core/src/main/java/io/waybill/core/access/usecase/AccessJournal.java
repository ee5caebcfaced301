package io.waybill.core.access.usecase;

import io.waybill.core.access.ApiKey;
import io.waybill.core.access.Origin;
import io.waybill.core.event.AuditEvent;
import io.waybill.core.event.Facts;
import io.waybill.core.event.Journal;
import io.waybill.core.work.IdSource;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Makes the rows that a change of who may do what leaves behind: in the audit trail only. */
final class AccessJournal {

  private final Journal journal;

  AccessJournal(IdSource ids) {
    this.journal = new Journal(ids);
  }

  Facts created(ApiKey key, Origin origin) {
    return audited(
        journal.audit(
            AccessEvent.API_KEY_CREATED, key.resource(), origin, key.createdAt(), said(key)));
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

  private static Facts audited(AuditEvent row) {
    return new Facts(List.of(), List.of(row), List.of());
  }

  /** Everything but the key and its hash. */
  private static Map<String, Object> said(ApiKey key) {
    Map<String, Object> said = new TreeMap<>();
    said.put("name", key.name());
    said.put("prefix", key.prefix());
    if (key.expiresAt() != null) {
      said.put("expires_at", key.expiresAt().toString());
    }
    if (key.revokedAt() != null) {
      said.put("revoked_at", key.revokedAt().toString());
    }
    return said;
  }
}
