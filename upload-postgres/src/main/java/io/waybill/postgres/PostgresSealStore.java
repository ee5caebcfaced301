package io.waybill.postgres;

import io.waybill.core.audit.Seal;
import io.waybill.core.audit.SealStore;
import io.waybill.core.audit.SealedRow;
import io.waybill.core.audit.SealedRow.Place;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code audit_seals}, and {@code audit_events} as they are sealed. */
final class PostgresSealStore implements SealStore {
  private static final int DIGEST_CHARS = 64;
  private static final String COLUMNS =
      "s.tenant_id, s.number, s.sealed_at, array_to_string(s.row_ids, ',') as row_ids,"
          + " encode(s.digests, 'hex') as digests, s.last_xid::text as last_xid, s.last_position,"
          + " s.last_id, s.previous, s.hash";

  /** The order is what digests are made in: it never changes, and what is added comes last. */
  private static final List<String> SEALED =
      List.of(
          "id",
          "tenant_id",
          "actor",
          "action",
          "resource_type",
          "resource_id",
          "result",
          "request_id",
          "transport",
          "address",
          "user_agent",
          "micros",
          "details",
          "position",
          "xid");

  private final Db db;

  PostgresSealStore(Db db) {
    this.db = db;
  }

  private static final Sql TENANTS =
      Sql.of(
          "seals.tenants",
          """
          with recursive t as (
            (select e.tenant_id from audit_events e order by e.tenant_id limit 1)
            union all
            select (select e.tenant_id from audit_events e where e.tenant_id > t.tenant_id
              order by e.tenant_id limit 1)
            from t where t.tenant_id is not null
          )
          select t.tenant_id from t where t.tenant_id is not null
          """);

  @Override
  public List<UUID> tenants() {
    return db.all(TENANTS.call(), row -> row.id("tenant_id"));
  }

  private static final Sql CLAIM =
      Sql.of(
          "seals.claim",
          "select pg_try_advisory_xact_lock(7263042, hashtext(:tenant::text)) as is_mine");

  @Override
  public boolean claim(UUID tenantId) {
    return db.one(CLAIM.with("tenant", tenantId), row -> row.flag("is_mine")).orElse(false);
  }

  private static final Sql LAST =
      Sql.of(
          "seals.last",
          "select "
              + COLUMNS
              + " from audit_seals s where s.tenant_id = :tenant order by s.number desc limit 1");

  @Override
  public Optional<Seal> last(UUID tenantId) {
    return db.one(LAST.with("tenant", tenantId), PostgresSealStore::seal);
  }

  // A row's transaction is over when it lies below every running one: whoever was before it in the
  // order of transactions has committed by then, or never will.
  private static final Sql ROWS =
      Sql.of(
          "seals.rows",
          """
          select e.id::text, e.tenant_id::text, e.actor, e.action, e.resource_type, e.resource_id::text, e.result,
            e.request_id, e.transport, e.address, e.user_agent,
            (extract(epoch from e.occurred_at) * 1000000)::bigint::text as micros, e.details::text,
            e.position::text, e.xid::text
          from audit_events e
          where e.tenant_id = :tenant and (e.xid, e.position, e.id) > (:xid::xid8, :position::bigint, :id::uuid)
            and (not :settled::boolean or e.xid < pg_snapshot_xmin(pg_current_snapshot()))
          order by e.xid, e.position, e.id limit :limit
          """);

  @Override
  public List<SealedRow> rows(UUID tenantId, Place after, boolean settled, int limit) {
    return db.all(
        ROWS.with("tenant", tenantId)
            .with("xid", Long.toUnsignedString(after.xid()))
            .with("position", after.position())
            .with("id", after.id())
            .with("settled", settled)
            .with("limit", limit),
        row -> {
          List<@Nullable String> columns = new ArrayList<>();
          SEALED.forEach(column -> columns.add(row.textOrNull(column)));
          return new SealedRow(
              tenantId,
              new Place(
                  Long.parseUnsignedLong(row.text("xid")),
                  Long.parseLong(row.text("position")),
                  UUID.fromString(row.text("id"))),
              columns);
        });
  }

  private static final Sql ADD =
      Sql.of(
          "seals.add",
          """
          insert into audit_seals (tenant_id, number, sealed_at, row_ids, digests, last_xid, last_position, last_id,
            previous, hash)
          values (:tenant::uuid, :number::bigint, :sealed::timestamptz, :rows::uuid[], decode(:digests::text, 'hex'),
            :xid::xid8, :position::bigint, :id::uuid, :previous::text, :hash::text)
          """);

  @Override
  public void add(Seal seal) {
    db.run(
        ADD.with("tenant", seal.tenantId())
            .with("number", seal.number())
            .with("sealed", seal.sealedAt())
            .with("rows", Sql.array(seal.rowIds()))
            .with("digests", String.join("", seal.digests()))
            .with("xid", Long.toUnsignedString(seal.last().xid()))
            .with("position", seal.last().position())
            .with("id", seal.last().id())
            .with("previous", seal.previous())
            .with("hash", seal.hash()));
  }

  private static final Sql DROPPED =
      Sql.of("seals.dropped", "select max(dropped_before) as dropped_before from audit_drops");

  @Override
  public Optional<Instant> droppedBefore() {
    return db.one(DROPPED.call(), row -> Optional.ofNullable(row.timeOrNull("dropped_before")))
        .flatMap(found -> found);
  }

  private static final Sql SEALS =
      Sql.of(
          "seals.list",
          "select "
              + COLUMNS
              + " from audit_seals s where s.tenant_id = :tenant and s.number > :after"
              + " order by s.number limit :limit");

  @Override
  public List<Seal> seals(UUID tenantId, long afterNumber, int limit) {
    return db.all(
        SEALS.with("tenant", tenantId).with("after", afterNumber).with("limit", limit),
        PostgresSealStore::seal);
  }

  private static Seal seal(Row row) {
    String hex = row.text("digests");
    List<String> digests = new ArrayList<>();
    for (int at = 0; at < hex.length(); at += DIGEST_CHARS) {
      digests.add(hex.substring(at, at + DIGEST_CHARS));
    }
    return new Seal(
        row.id("tenant_id"),
        row.number("number"),
        row.time("sealed_at"),
        Arrays.stream(row.text("row_ids").split(",")).map(UUID::fromString).toList(),
        digests,
        new Place(
            Long.parseUnsignedLong(row.text("last_xid")),
            row.number("last_position"),
            row.id("last_id")),
        row.text("previous"),
        row.text("hash"));
  }
}
