package io.waybill.postgres;

import io.waybill.core.upload.Progress;
import io.waybill.core.upload.Session;
import io.waybill.core.upload.SessionStore;
import io.waybill.core.upload.Transition;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** {@code upload_sessions}, and what moves with them. */
final class PostgresSessionStore implements SessionStore {
  private final Db db;
  private final SessionMoves moves;

  PostgresSessionStore(Db db, Written written) {
    this.db = db;
    this.moves = new SessionMoves(db, written);
  }

  /** Read by {@link #progressOf} from {@link #PARTS_OF_S}. */
  static final String PROGRESS_COLUMNS =
      "p.part_count, p.uploaded_bytes, p.failed_count, p.first_failed";

  static final String PARTS_OF_S =
      """
      cross join lateral (
        select count(*) filter (where status = 'UPLOADED') as part_count,
          coalesce(sum(size_bytes) filter (where status = 'UPLOADED'), 0) as uploaded_bytes,
          count(*) filter (where status = 'FAILED') as failed_count,
          coalesce(min(part_number) filter (where status = 'FAILED'), 0) as first_failed
        from upload_parts where session_id = s.id) p
      """;

  static Sql sql(String name, String text) {
    return Sql.of(
        name,
        text.replace("{columns}", SessionColumns.SELECT)
            .replace("{progress}", PROGRESS_COLUMNS)
            .replace("{parts_of_s}", PARTS_OF_S)
            .replace("{signs}", SignRows.SELECT)
            .replace("{beside_s}", SignRows.BESIDE_S));
  }

  private static final Sql FIND =
      sql(
          "sessions.find",
          "select {columns} from upload_sessions s where s.id = :id and s.tenant_id = :tenant");

  @Override
  public Optional<Session> find(UUID tenantId, UUID sessionId) {
    return db.one(FIND.with("id", sessionId).with("tenant", tenantId), SessionRows::session);
  }

  private static final Sql FIND_UNDER_POLICY =
      sql(
          "sessions.find_under_policy",
          """
          select {columns}, y.url_life_seconds from upload_sessions s
          join storage_policies y on y.tenant_id = s.tenant_id and y.id = s.storage_policy_id
          where s.id = :id and s.tenant_id = :tenant
          """);

  @Override
  public Optional<UnderPolicy> findUnderPolicy(UUID tenantId, UUID sessionId) {
    return db.one(
        FIND_UNDER_POLICY.with("id", sessionId).with("tenant", tenantId),
        row ->
            new UnderPolicy(
                SessionRows.session(row), Duration.ofSeconds(row.number("url_life_seconds"))));
  }

  private static final Sql LOCK =
      sql(
          "sessions.lock",
          """
          select {columns} from upload_sessions s
          where s.id = :id and s.tenant_id = :tenant for update
          """);

  @Override
  public Optional<Session> lock(UUID tenantId, UUID sessionId) {
    return db.one(LOCK.with("id", sessionId).with("tenant", tenantId), SessionRows::session);
  }

  private static final Sql PROGRESS =
      sql(
          "sessions.progress",
          """
          select {columns}, {progress}, {signs}
          from upload_sessions s
          {parts_of_s}
          {beside_s}
          where s.id = :id and s.tenant_id = :tenant
          """);

  @Override
  public Optional<Observed> progress(UUID tenantId, UUID sessionId) {
    return db.one(
        PROGRESS.with("id", sessionId).with("tenant", tenantId),
        row -> new Observed(progressOf(row), SignRows.signs(row)));
  }

  // The order is of text so that the planner does not read all objects, the newest first, until one
  // is of this dataset.
  private static final Sql OF_DATASET =
      sql(
          "sessions.of_dataset",
          """
          select {columns}, {progress}, {signs}
          from upload_sessions s
          {parts_of_s}
          {beside_s}
          where s.id = (select o.session_id from upload_objects o
            where o.tenant_id = :tenant and o.dataset_id = :dataset order by o.id::text desc limit 1)
          """);

  @Override
  public Optional<Observed> ofDataset(UUID tenantId, UUID datasetId) {
    return db.one(
        OF_DATASET.with("dataset", datasetId).with("tenant", tenantId),
        row -> new Observed(progressOf(row), SignRows.signs(row)));
  }

  static Progress progressOf(Row row) {
    return new Progress(
        SessionRows.session(row),
        row.count("part_count"),
        row.number("uploaded_bytes"),
        row.count("failed_count"),
        row.count("first_failed"));
  }

  @Override
  public Set<UUID> apply(List<Transition> transitions) {
    return transitions.isEmpty() ? Set.of() : moves.write(transitions);
  }
}
