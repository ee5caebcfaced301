package io.waybill.postgres;

import io.waybill.core.recovery.UnclaimedObject;
import io.waybill.core.recovery.UnclaimedObjects;
import io.waybill.core.storage.ObjectLocation;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code unclaimed_objects}; whose an object is, is found by the ids in its key. */
record PostgresUnclaimedObjects(Db db) implements UnclaimedObjects {

  private static final Sql CLAIMED =
      Sql.of(
          "unclaimed_objects.claimed",
          """
          select d.object_key from datasets d
          where d.id = any(:datasets::uuid[]) and d.tenant_id = :tenant and d.object_etag is not null
            and d.status <> 'PURGED'
          union
          select s.object_key from upload_sessions s
          where s.id = any(:sessions::uuid[]) and s.tenant_id = :tenant and s.status in ('INITIATING', 'COMPLETING')
          """);

  @Override
  public Set<String> claimed(
      UUID tenantId, Collection<UUID> datasetIds, Collection<UUID> sessionIds) {
    return Set.copyOf(
        db.all(
            CLAIMED
                .with("tenant", tenantId)
                .with("datasets", Sql.array(datasetIds))
                .with("sessions", Sql.array(sessionIds)),
            row -> row.text("object_key")));
  }

  private static final Sql REGISTER =
      Sql.of(
          "unclaimed_objects.register",
          """
          insert into unclaimed_objects (id, tenant_id, run_id, endpoint_ref, bucket, object_key, size_bytes, etag,
            dataset_id, session_id, found_at)
          select o.id, o.tenant_id, o.run_id, o.endpoint_ref, o.bucket, o.object_key, o.size_bytes, o.etag,
            o.dataset_id, o.session_id, o.found_at
          from jsonb_to_recordset(:objects) as o(id uuid, tenant_id uuid, run_id uuid, endpoint_ref text,
            bucket text, object_key text, size_bytes bigint, etag text, dataset_id uuid, session_id uuid,
            found_at timestamptz)
          on conflict (tenant_id, endpoint_ref, bucket, object_key) do update
            set run_id = excluded.run_id, size_bytes = excluded.size_bytes, etag = excluded.etag
          """);

  @Override
  public void register(List<UnclaimedObject> objects) {
    if (!objects.isEmpty()) {
      db.run(
          REGISTER.with(
              "objects", Json.write(objects.stream().map(PostgresUnclaimedObjects::row).toList())));
    }
  }

  private static Map<String, @Nullable Object> row(UnclaimedObject object) {
    Map<String, @Nullable Object> row = place(object.location());
    row.put("id", object.objectId());
    row.put("tenant_id", object.tenantId());
    row.put("run_id", object.recoveryId());
    row.put("size_bytes", object.sizeBytes());
    row.put("etag", object.etag());
    row.put("dataset_id", object.datasetId());
    row.put("session_id", object.sessionId());
    row.put("found_at", object.foundAt());
    return row;
  }

  private static Map<String, @Nullable Object> place(ObjectLocation location) {
    Map<String, @Nullable Object> row = new LinkedHashMap<>();
    row.put("endpoint_ref", location.endpointRef());
    row.put("bucket", location.bucket());
    row.put("object_key", location.key());
    return row;
  }

  private static final Sql FORGET =
      Sql.of(
          "unclaimed_objects.forget",
          """
          delete from unclaimed_objects u
          using jsonb_to_recordset(:places) as p(endpoint_ref text, bucket text, object_key text)
          where u.tenant_id = :tenant and u.endpoint_ref = p.endpoint_ref and u.bucket = p.bucket
            and u.object_key = p.object_key
          """);

  @Override
  public void forget(UUID tenantId, Collection<ObjectLocation> claimed) {
    if (!claimed.isEmpty()) {
      db.run(
          FORGET
              .with("tenant", tenantId)
              .with(
                  "places",
                  Json.write(claimed.stream().map(PostgresUnclaimedObjects::place).toList())));
    }
  }

  private static final Sql LIST =
      Sql.of(
          "unclaimed_objects.list",
          """
          select id, tenant_id, run_id, endpoint_ref, bucket, object_key, size_bytes, etag, dataset_id, session_id,
            found_at
          from unclaimed_objects
          where tenant_id = :tenant and run_id = :run and (:before::uuid is null or id < :before)
          order by id desc limit :limit
          """);

  @Override
  public List<UnclaimedObject> list(
      UUID tenantId, UUID recoveryId, @Nullable UUID before, int limit) {
    return db.all(
        LIST.with("tenant", tenantId)
            .with("run", recoveryId)
            .with("before", before)
            .with("limit", limit),
        PostgresUnclaimedObjects::object);
  }

  private static UnclaimedObject object(Row row) {
    return new UnclaimedObject(
        row.id("id"),
        row.id("tenant_id"),
        row.id("run_id"),
        new ObjectLocation(row.text("endpoint_ref"), row.text("bucket"), row.text("object_key")),
        row.number("size_bytes"),
        row.text("etag"),
        row.idOrNull("dataset_id"),
        row.idOrNull("session_id"),
        row.time("found_at"));
  }
}
