package io.waybill.postgres;

import io.waybill.core.upload.LifecycleEvent;
import io.waybill.core.upload.Owner;
import io.waybill.core.upload.Signs;
import io.waybill.core.upload.TimelineStore;
import io.waybill.core.upload.UploadEvent;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code upload_events}, as sessions' timelines. */
final class PostgresTimelineStore implements TimelineStore {
  private static final Map<String, UploadEvent> TYPES =
      Stream.of(UploadEvent.values())
          .collect(Collectors.toUnmodifiableMap(UploadEvent::code, Function.identity()));

  private final Db db;

  PostgresTimelineStore(Db db) {
    this.db = db;
  }

  private static final Sql TIMELINE =
      Sql.of(
          "events.timeline",
          """
          select e.id, e.type, e.tenant_id, e.project_id, e.dataset_id, e.task_id, e.object_id, e.source_device_id,
            e.session_id, e.actor, e.request_id, e.occurred_at, to_jsonb(e.part_numbers) as parts, e.valid_until,
            e.details
          from upload_events e
          where e.tenant_id = :tenant and e.session_id = :session and (:after::uuid is null or e.id > :after)
          order by e.id limit :limit
          """);

  @Override
  public List<LifecycleEvent> page(UUID tenantId, UUID sessionId, @Nullable UUID after, int limit) {
    return db.all(
        TIMELINE
            .with("tenant", tenantId)
            .with("session", sessionId)
            .with("after", after)
            .with("limit", limit),
        PostgresTimelineStore::event);
  }

  private static LifecycleEvent event(Row row) {
    String code = row.text("type");
    UploadEvent type = TYPES.get(code);
    if (type == null) {
      throw new IllegalStateException("unknown event type " + code);
    }
    return new LifecycleEvent(
        row.id("id"),
        type,
        new Owner(
            row.id("tenant_id"),
            row.id("project_id"),
            row.id("dataset_id"),
            row.id("task_id"),
            row.id("object_id"),
            row.idOrNull("source_device_id")),
        row.id("session_id"),
        row.text("actor"),
        row.text("request_id"),
        row.time("occurred_at"),
        row.list("parts", Integer.class),
        row.timeOrNull("valid_until"),
        row.map("details"));
  }

  private static final Sql SIGNS =
      Sql.of(
          "events.signs",
          """
          select s.id, {signs} from upload_sessions s
          {beside_s}
          where s.tenant_id = :tenant and s.id = any(:sessions::uuid[])
          """
              .replace("{signs}", SignRows.SELECT)
              .replace("{beside_s}", SignRows.BESIDE_S));

  @Override
  public Map<UUID, Signs> signs(UUID tenantId, Collection<UUID> sessionIds) {
    return db
        .all(
            SIGNS.with("tenant", tenantId).with("sessions", Sql.array(sessionIds)),
            row -> Map.entry(row.id("id"), SignRows.signs(row)))
        .stream()
        .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static final Sql LAST_URL_END =
      Sql.of(
          "events.last_url_end",
          """
          select max(e.valid_until) as ends from upload_events e
          where e.tenant_id = (select tenant_id from upload_sessions where id = :session)
            and e.session_id = :session and e.type = 'upload.presign_issued'
          """);

  @Override
  public Optional<Instant> lastUrlEnd(UUID sessionId) {
    return db.one(
            LAST_URL_END.with("session", sessionId),
            row -> Optional.ofNullable(row.timeOrNull("ends")))
        .orElseThrow();
  }
}
