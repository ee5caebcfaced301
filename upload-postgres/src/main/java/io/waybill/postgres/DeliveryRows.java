package io.waybill.postgres;

import io.waybill.core.delivery.Delivery;
import io.waybill.core.delivery.DeliveryStatus;
import io.waybill.core.event.OutboxEvent;

/** Deliveries as they are read, each with its event. */
final class DeliveryRows {
  private DeliveryRows() {}

  /** Of these rows of {@code outbox_deliveries}, called {@code d}. */
  static String select(String from, String where) {
    return """
    select d.id, d.sink, d.endpoint, d.status, d.attempts, d.claim, d.next_attempt_at, d.delivered_at, d.last_error,
      e.id as event_id, e.tenant_id, e.project_id, e.aggregate_type, e.aggregate_id, e.sequence, e.type, e.occurred_at, e.payload
    from {from} d join outbox_events e on e.position = d.event_position
    where {where}\
    """
        .replace("{from}", from)
        .replace("{where}", where);
  }

  /** The event of a row that calls its id {@code event_id}. */
  static OutboxEvent event(Row row) {
    return new OutboxEvent(
        row.id("event_id"),
        row.id("tenant_id"),
        row.idOrNull("project_id"),
        row.text("aggregate_type"),
        row.id("aggregate_id"),
        row.number("sequence"),
        row.text("type"),
        row.time("occurred_at"),
        row.map("payload"));
  }

  static Delivery delivery(Row row) {
    return new Delivery(
        row.id("id"),
        row.text("sink"),
        row.text("endpoint"),
        event(row),
        row.symbol("status", DeliveryStatus.class),
        row.count("attempts"),
        row.number("claim"),
        row.time("next_attempt_at"),
        row.timeOrNull("delivered_at"),
        row.textOrNull("last_error"));
  }
}
