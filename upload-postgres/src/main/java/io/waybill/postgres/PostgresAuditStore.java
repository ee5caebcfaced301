package io.waybill.postgres;

import io.waybill.core.access.Client;
import io.waybill.core.access.Resource;
import io.waybill.core.audit.AuditStore;
import io.waybill.core.event.AuditEvent;
import java.time.Instant;
import java.util.List;

/**
 * {@code audit_events}, as they are read. What is looked for most narrowly chooses the statement,
 * so that each has the one index that serves it; a time is a range of ids, which also leaves out
 * the months that it does not touch.
 */
final class PostgresAuditStore implements AuditStore {
  private static final Instant MIN = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant MAX = Instant.parse("9999-12-31T23:59:59Z");

  private final Db db;

  PostgresAuditStore(Db db) {
    this.db = db;
  }

  private static final Sql OF_RESOURCE =
      sql(
          "audit.list_of_resource",
          """
          e.resource_id = :resource::uuid and e.resource_type = :resource_type
            and (:actor::text is null or e.actor = :actor) and (:action::text is null or e.action = :action)\
          """);

  private static final Sql OF_ACTOR =
      sql(
          "audit.list_of_actor",
          "e.actor = :actor and (:action::text is null or e.action = :action)");

  private static final Sql OF_ACTION = sql("audit.list_of_action", "e.action = :action");

  private static final Sql OF_TENANT = sql("audit.list", "true");

  @Override
  public List<AuditEvent> list(Query query) {
    Resource.Node on = query.on();
    return db.all(
        statement(query)
            .with("tenant", query.tenantId())
            .with("actor", query.actor())
            .with("action", query.action())
            .with("resource_type", on == null ? null : on.kind().code())
            .with("resource", on == null ? null : on.id())
            .with("from_time", query.occurredAfter() == null ? MIN : query.occurredAfter())
            .with("to_time", query.occurredBefore() == null ? MAX : query.occurredBefore())
            .with("from_id", TimedIds.floor(query.occurredAfter()))
            .with("to_id", TimedIds.ceiling(query.occurredBefore(), query.before()))
            .with("limit", query.limit()),
        PostgresAuditStore::event);
  }

  private static Sql statement(Query query) {
    if (query.on() != null) {
      return OF_RESOURCE;
    }
    return query.actor() != null ? OF_ACTOR : query.action() != null ? OF_ACTION : OF_TENANT;
  }

  private static Sql sql(String name, String lead) {
    return Sql.of(
        name,
        """
        select e.id, e.tenant_id, e.actor, e.action, e.resource_type, e.resource_id, e.result, e.request_id,
          e.transport, e.address, e.user_agent, e.occurred_at, e.details
        from audit_events e
        where e.tenant_id = :tenant and {lead}
          and e.id >= :from_id::uuid and e.id < :to_id::uuid
          and e.occurred_at >= :from_time::timestamptz and e.occurred_at < :to_time::timestamptz
        order by e.id desc limit :limit
        """
            .replace("{lead}", lead));
  }

  static AuditEvent event(Row row) {
    return new AuditEvent(
        row.id("id"),
        row.id("tenant_id"),
        row.text("actor"),
        row.text("action"),
        row.text("resource_type"),
        row.id("resource_id"),
        row.text("result"),
        row.text("request_id"),
        row.text("transport"),
        new Client(row.textOrNull("address"), row.textOrNull("user_agent")),
        row.time("occurred_at"),
        row.map("details"));
  }
}
