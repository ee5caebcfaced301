package io.waybill.postgres;

import io.waybill.core.event.AuditEvent;
import io.waybill.core.event.Facts;
import io.waybill.core.event.OutboxEvent;
import io.waybill.core.event.TimelineEvent;
import io.waybill.core.upload.LifecycleEvent;
import io.waybill.core.upload.Transition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Facts on their way into their three tables, as part of a larger statement. A fact may belong to a
 * move; {@link #INSERTS} then writes it only where that move has won.
 */
final class FactRows {
  private static final String OF_WINNERS =
      "where (f.move is null or f.move in (select id from won))";

  /**
   * CTEs for a statement that has a CTE {@code won(id)}: facts without a move are always written.
   */
  static final String INSERTS_OF_WINNERS = inserts(OF_WINNERS);

  /**
   * The same for a statement that has a CTE {@code followed(id, name, version, status)} of
   * datasets, too: the news that one is READY is written where it is, with its name and version.
   */
  static final String INSERTS_WITH_READY =
      inserts(
          OF_WINNERS,
          new Outbox(
              "left join followed d on f.ready and d.id = f.aggregate_id and d.status = 'READY'",
              "coalesce(d.version, f.sequence)",
              "case when d.id is null then f.payload else f.payload || jsonb_build_object('name', d.name) end",
              "and (f.ready is null or d.id is not null)"));

  /** CTEs for a statement whose facts are all written. */
  static final String INSERTS = inserts("");

  /** The CTE for a statement whose facts are all of the timeline, and all written. */
  static final String TIMELINE_INSERT = lifecycle("");

  /**
   * CTEs for a statement that has a CTE {@code replaced(part_number, etag, previous_etag)}: the
   * timeline says so.
   */
  static final String INSERTS_WITH_REPLACED =
      INSERTS.replace(
          "f.valid_until, f.details\n",
          """
          f.valid_until,
                f.details || coalesce((select jsonb_build_object('replaced', jsonb_agg(jsonb_build_object(
                  'part_number', r.part_number, 'etag', r.etag, 'previous_etag', r.previous_etag)
                  order by r.part_number)) from replaced r having count(*) > 0), '{}')
          """);

  private final List<Map<String, @Nullable Object>> lifecycle = new ArrayList<>();
  private final List<Map<String, @Nullable Object>> audit = new ArrayList<>();
  private final List<Map<String, @Nullable Object>> outbox = new ArrayList<>();

  private static String lifecycle(String filter) {
    return """
    lifecycle as (
      insert into upload_events (id, tenant_id, project_id, dataset_id, task_id, object_id, source_device_id,
        session_id, type, actor, request_id, occurred_at, part_numbers, valid_until, details)
      select f.id, f.tenant_id, f.project_id, f.dataset_id, f.task_id, f.object_id, f.source_device_id,
        f.session_id, f.type, f.actor, f.request_id, f.occurred_at, f.part_numbers, f.valid_until, f.details
      from jsonb_to_recordset(:lifecycle) as f(move uuid, id uuid, tenant_id uuid, project_id uuid,
        dataset_id uuid, task_id uuid, object_id uuid, source_device_id uuid, session_id uuid, type text,
        actor text, request_id text, occurred_at timestamptz, part_numbers integer[], valid_until timestamptz,
        details jsonb)
      {filter}
    )\
    """
        .replace("{filter}", filter);
  }

  /** Where rows for the outbox find what they lack, and which of them are not written. */
  private record Outbox(String join, String sequence, String payload, String only) {
    static final Outbox WHOLE = new Outbox("", "f.sequence", "f.payload", "");
  }

  private static String inserts(String filter) {
    return inserts(filter, Outbox.WHOLE);
  }

  private static String inserts(String filter, Outbox lacking) {
    return lifecycle(filter)
        + """
        , audit as (
          insert into audit_events (id, tenant_id, actor, action, resource_type, resource_id, result, request_id,
            transport, address, user_agent, occurred_at, details)
          select f.id, f.tenant_id, f.actor, f.action, f.resource_type, f.resource_id, f.result, f.request_id,
            f.transport, f.address, f.user_agent, f.occurred_at, f.details
          from jsonb_to_recordset(:audit) as f(move uuid, id uuid, tenant_id uuid, actor text, action text,
            resource_type text, resource_id uuid, result text, request_id text, transport text,
            address text, user_agent text, occurred_at timestamptz, details jsonb)
          {filter}
        ), outbox as (
          insert into outbox_events (id, tenant_id, project_id, aggregate_type, aggregate_id, sequence, type,
            occurred_at, payload)
          select f.id, f.tenant_id, f.project_id, f.aggregate_type, f.aggregate_id, {sequence}, f.type,
            f.occurred_at, {payload}
          from jsonb_to_recordset(:outbox) as f(move uuid, ready boolean, id uuid, tenant_id uuid, project_id uuid,
            aggregate_type text, aggregate_id uuid, sequence bigint, type text, occurred_at timestamptz, payload jsonb)
          {join}
          {filter} {only}
        )
        """
            .replace("{filter}", filter)
            .replace("{sequence}", lacking.sequence())
            .replace("{payload}", lacking.payload())
            .replace("{join}", lacking.join())
            .replace("{only}", lacking.only());
  }

  static FactRows of(Facts facts) {
    return new FactRows().add(null, facts);
  }

  FactRows add(@Nullable UUID move, Facts facts) {
    facts.timeline().forEach(event -> lifecycle.add(row(move, event)));
    facts.audit().forEach(event -> audit.add(row(move, event)));
    facts.outbox().forEach(event -> outbox.add(row(move, event)));
    return this;
  }

  /** What a move leaves behind, and that its dataset is READY, in case it is. */
  FactRows add(Transition move) {
    add(move.after().upload().sessionId(), move.facts());
    if (move.ready() != null) {
      Map<String, @Nullable Object> row =
          row(move.after().upload().sessionId(), move.ready().of("", 0));
      row.put("ready", true);
      outbox.add(row);
    }
    return this;
  }

  Sql.Call bind(Sql.Call call) {
    return call.with("lifecycle", Json.write(lifecycle))
        .with("audit", Json.write(audit))
        .with("outbox", Json.write(outbox));
  }

  /** A kind without a table would be lost without a word. */
  private static Map<String, @Nullable Object> row(@Nullable UUID move, TimelineEvent event) {
    if (event instanceof LifecycleEvent ofSession) {
      return row(move, ofSession);
    }
    throw new IllegalArgumentException("no table keeps a " + event.getClass().getSimpleName());
  }

  private static Map<String, @Nullable Object> row(@Nullable UUID move, LifecycleEvent event) {
    Map<String, @Nullable Object> row = new LinkedHashMap<>();
    row.put("move", move);
    row.put("id", event.eventId());
    row.put("tenant_id", event.owner().tenantId());
    row.put("project_id", event.owner().projectId());
    row.put("dataset_id", event.owner().datasetId());
    row.put("task_id", event.owner().taskId());
    row.put("object_id", event.owner().objectId());
    row.put("source_device_id", event.owner().sourceDeviceId());
    row.put("session_id", event.sessionId());
    row.put("type", event.type().code());
    row.put("actor", event.actor());
    row.put("request_id", event.requestId());
    row.put("occurred_at", event.occurredAt());
    row.put("part_numbers", event.partNumbers());
    row.put("valid_until", event.validUntil());
    row.put("details", event.details());
    return row;
  }

  private static Map<String, @Nullable Object> row(@Nullable UUID move, AuditEvent event) {
    Map<String, @Nullable Object> row = new LinkedHashMap<>();
    row.put("move", move);
    row.put("id", event.eventId());
    row.put("tenant_id", event.tenantId());
    row.put("actor", event.actor());
    row.put("action", event.action());
    row.put("resource_type", event.resourceType());
    row.put("resource_id", event.resourceId());
    row.put("result", event.result());
    row.put("request_id", event.requestId());
    row.put("transport", event.transport());
    row.put("address", event.client().address());
    row.put("user_agent", event.client().userAgent());
    row.put("occurred_at", event.occurredAt());
    row.put("details", event.details());
    return row;
  }

  private static Map<String, @Nullable Object> row(@Nullable UUID move, OutboxEvent event) {
    Map<String, @Nullable Object> row = new LinkedHashMap<>();
    row.put("move", move);
    row.put("id", event.eventId());
    row.put("tenant_id", event.tenantId());
    row.put("project_id", event.projectId());
    row.put("aggregate_type", event.aggregateType());
    row.put("aggregate_id", event.aggregateId());
    row.put("sequence", event.sequence());
    row.put("type", event.type());
    row.put("occurred_at", event.occurredAt());
    row.put("payload", event.payload());
    return row;
  }
}
