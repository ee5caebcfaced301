package io.waybill.core.audit;

import io.waybill.core.event.AuditEvent;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An audit row as it is answered.
 *
 * @param before what the resource was; null where nothing is told of it
 * @param after what it is since; null where nothing is told of it
 * @param details whatever else there is to say
 */
public record AuditEventAnswer(
    UUID auditEventId,
    String actor,
    String action,
    String resourceType,
    UUID resourceId,
    String result,
    String requestId,
    String transport,
    @Nullable String address,
    @Nullable String userAgent,
    @Nullable Object before,
    @Nullable Object after,
    Map<String, Object> details,
    Instant occurredAt) {

  public AuditEventAnswer {
    details = Map.copyOf(details);
  }

  public static AuditEventAnswer of(AuditEvent row) {
    Map<String, Object> rest = new TreeMap<>(row.details());
    Object before = rest.remove("before");
    Object after = rest.remove("after");
    return new AuditEventAnswer(
        row.eventId(),
        row.actor(),
        row.action(),
        row.resourceType(),
        row.resourceId(),
        row.result(),
        row.requestId(),
        row.transport(),
        row.client().address(),
        row.client().userAgent(),
        before,
        after,
        rest,
        row.occurredAt());
  }
}
