package io.waybill.core.memory;

import io.waybill.core.audit.AuditStore;
import io.waybill.core.event.AuditEvent;
import java.util.Comparator;
import java.util.List;

record MemoryAuditTrail(MemoryTransaction tx) implements AuditStore {

  @Override
  public List<AuditEvent> list(Query query) {
    return tx.audit().stream()
        .filter(row -> row.tenantId().equals(query.tenantId()))
        .filter(row -> query.actor() == null || row.actor().equals(query.actor()))
        .filter(row -> query.action() == null || row.action().equals(query.action()))
        .filter(row -> isOn(row, query) && isWithin(row, query))
        .filter(row -> query.before() == null || row.eventId().compareTo(query.before()) < 0)
        .sorted(Comparator.comparing(AuditEvent::eventId).reversed())
        .limit(query.limit())
        .toList();
  }

  private static boolean isOn(AuditEvent row, Query query) {
    return query.on() == null
        || (row.resourceType().equals(query.on().kind().code())
            && row.resourceId().equals(query.on().id()));
  }

  private static boolean isWithin(AuditEvent row, Query query) {
    return (query.occurredAfter() == null || !row.occurredAt().isBefore(query.occurredAfter()))
        && (query.occurredBefore() == null || row.occurredAt().isBefore(query.occurredBefore()));
  }
}
