package io.waybill.postgres;

import io.waybill.core.storage.ObjectLocation;
import io.waybill.core.upload.SweepStore;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Walks are few rows; sessions are found by their ids. */
record PostgresSweeps(Db db) implements SweepStore {
  private static final Sql BEGIN =
      Sql.of(
          "sweeps.begin",
          """
          insert into upload_sweeps (endpoint_ref, bucket, kind, cursor, due_at)
          values (:endpoint, :bucket, :kind, '', :now) on conflict do nothing
          """);

  private static final Sql CLAIM =
      Sql.of(
          "sweeps.claim",
          """
          update upload_sweeps set due_at = :until
          where endpoint_ref = :endpoint and bucket = :bucket and kind = :kind and due_at <= :now
          returning cursor
          """);

  @Override
  public Optional<String> claim(Walk walk, Instant now, Instant until) {
    db.run(on(BEGIN, walk).with("now", now));
    return db.one(on(CLAIM, walk).with("now", now).with("until", until), row -> row.text("cursor"));
  }

  private static final Sql SAVE =
      Sql.of(
          "sweeps.save",
          """
          update upload_sweeps set cursor = :cursor, due_at = :due
          where endpoint_ref = :endpoint and bucket = :bucket and kind = :kind and due_at = :claimed
          """);

  @Override
  public boolean save(Walk walk, Instant claimedUntil, String cursor, Instant dueAt) {
    return db.run(
            on(SAVE, walk).with("claimed", claimedUntil).with("cursor", cursor).with("due", dueAt))
        == 1;
  }

  private static Sql.Call on(Sql sql, Walk walk) {
    return sql.with("endpoint", walk.endpointRef())
        .with("bucket", walk.bucket())
        .with("kind", walk.kind());
  }

  private static final Sql CARRIED =
      Sql.of(
          "sweeps.carried",
          """
          select upload_id from upload_sessions
          where id = any((:ids)::uuid[]) and upload_id is not null
          """);

  @Override
  public Set<String> carried(Collection<UUID> sessionIds) {
    return Set.copyOf(
        db.all(CARRIED.with("ids", Sql.array(sessionIds)), row -> row.text("upload_id")));
  }

  private static final Sql OURS =
      Sql.of("sweeps.ours", "select id from tenants where id = any((:ids)::uuid[])");

  @Override
  public Set<UUID> ours(Collection<UUID> tenantIds) {
    return Set.copyOf(db.all(OURS.with("ids", Sql.array(tenantIds)), row -> row.id("id")));
  }

  private static final Sql RECORDED =
      Sql.of(
          "sweeps.recorded",
          """
          select id, endpoint_ref, bucket, object_key from upload_sessions
          where id > (:after)::uuid and id < (:before)::uuid order by id limit :limit
          """);

  @Override
  public List<Recorded> recorded(UUID after, UUID before, int limit) {
    return db.all(
        RECORDED.with("after", after).with("before", before).with("limit", limit),
        row ->
            new Recorded(
                row.id("id"),
                new ObjectLocation(
                    row.text("endpoint_ref"), row.text("bucket"), row.text("object_key"))));
  }
}
