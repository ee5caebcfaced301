package io.waybill.postgres;

import io.waybill.core.event.Facts;
import io.waybill.core.upload.Issuance;
import io.waybill.core.upload.PartStatus;
import io.waybill.core.upload.PartStore;
import io.waybill.core.upload.UploadPart;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** {@code upload_parts}: rows beside the session's, which they never touch. */
final class PostgresPartStore implements PartStore {
  private static final String PARTS =
      """
      select * from jsonb_to_recordset(:parts) as p(part_number integer, etag text, size_bytes bigint,
        status part_status, confirmed boolean, checksum_sha256 text, uploaded_at timestamptz)\
      """;

  private final Db db;
  private final Written written;

  PostgresPartStore(Db db, Written written) {
    this.db = db;
    this.written = written;
  }

  private static Sql sql(String name, String text) {
    return Sql.of(
        name, text.replace("{parts}", PARTS).replace("{facts}", FactRows.INSERTS_WITH_REPLACED));
  }

  // A row that this statement inserted has no xmax; one that it renewed has. The count adds to
  // those
  // that were there before the inserted ones, and those that had failed and have come again.
  private static final Sql ACKNOWLEDGE =
      sql(
          "parts.acknowledge",
          """
          with parts as materialized ({parts}), replaced as materialized (
            select p.part_number, p.etag, u.etag as previous_etag, u.status as previous_status
            from parts p join upload_parts u on u.session_id = :session and u.part_number = p.part_number
            where u.etag <> p.etag
          ), known as (
            insert into upload_parts as u (session_id, part_number, etag, size_bytes, status, confirmed,
              checksum_sha256, uploaded_at)
            select :session, part_number, etag, size_bytes, status, confirmed, checksum_sha256, uploaded_at from parts
            on conflict (session_id, part_number) do update set etag = excluded.etag,
              size_bytes = excluded.size_bytes, checksum_sha256 = excluded.checksum_sha256,
              status = case when u.etag = excluded.etag then u.status else excluded.status end,
              confirmed = u.etag = excluded.etag and u.confirmed,
              uploaded_at = case when u.etag = excluded.etag then u.uploaded_at else excluded.uploaded_at end
            where u.etag <> excluded.etag or u.checksum_sha256 <> excluded.checksum_sha256
              or (u.checksum_sha256 is null and excluded.checksum_sha256 is not null)
            returning u.xmax = 0 as is_new
          ), {facts}
          select (select count(*) from upload_parts where session_id = :session and status = 'UPLOADED')
            + (select count(*) from known where is_new)
            + (select count(*) from replaced where previous_status = 'FAILED') as part_count
          """);

  @Override
  public int acknowledge(UUID sessionId, List<UploadPart> parts, Facts facts) {
    int known =
        db.one(
                FactRows.of(facts)
                    .bind(ACKNOWLEDGE.with("session", sessionId).with("parts", inOrder(parts))),
                row -> row.count("part_count"))
            .orElseThrow();
    written.add(facts);
    return known;
  }

  /** By number, the last word on each: the order in which every statement locks them. */
  private static String inOrder(Collection<UploadPart> parts) {
    TreeMap<Integer, UploadPart> byNumber = new TreeMap<>();
    parts.forEach(part -> byNumber.put(part.partNumber(), part));
    return Json.write(byNumber.values());
  }

  private static final Sql RECONCILE =
      sql(
          "parts.reconcile",
          """
          with parts as materialized ({parts}), gone as (
            delete from upload_parts u where u.session_id = :session
              and u.part_number not in (select part_number from parts)
              and (u.confirmed or u.uploaded_at <= :asked)
          )
          insert into upload_parts as u (session_id, part_number, etag, size_bytes, status, confirmed, uploaded_at)
          select :session, part_number, etag, size_bytes, status, confirmed, uploaded_at from parts
          on conflict (session_id, part_number) do update set etag = excluded.etag,
            size_bytes = excluded.size_bytes, status = excluded.status, confirmed = excluded.confirmed,
            checksum_sha256 = case when u.etag = excluded.etag then u.checksum_sha256 end,
            uploaded_at = excluded.uploaded_at
          where (u.etag, u.size_bytes, u.status, u.confirmed, u.uploaded_at)
            <> (excluded.etag, excluded.size_bytes, excluded.status, excluded.confirmed, excluded.uploaded_at)
            and (u.confirmed or u.uploaded_at <= :asked)
          """);

  @Override
  public void reconcile(UUID sessionId, List<UploadPart> listed, Instant asked) {
    db.run(
        RECONCILE.with("session", sessionId).with("parts", inOrder(listed)).with("asked", asked));
  }

  private static final Sql PAGE =
      Sql.of(
          "parts.page",
          """
          select part_number, etag, size_bytes, status, confirmed, checksum_sha256, uploaded_at
          from upload_parts where session_id = :session and part_number > :after
          order by part_number limit :limit
          """);

  @Override
  public List<UploadPart> page(UUID sessionId, int afterPartNumber, int limit) {
    return db.all(
        PAGE.with("session", sessionId).with("after", afterPartNumber).with("limit", limit),
        row ->
            new UploadPart(
                row.count("part_number"),
                row.text("etag"),
                row.number("size_bytes"),
                row.symbol("status", PartStatus.class),
                row.flag("confirmed"),
                row.textOrNull("checksum_sha256"),
                row.time("uploaded_at")));
  }

  private static final Sql NUMBERS =
      Sql.of(
          "parts.numbers",
          """
          select coalesce(jsonb_agg(part_number order by part_number), '[]') as numbers
          from upload_parts where session_id = :session and status = 'UPLOADED'
          """);

  @Override
  public List<Integer> uploadedNumbers(UUID sessionId) {
    return db.one(NUMBERS.with("session", sessionId), row -> row.list("numbers", Integer.class))
        .orElseThrow();
  }

  private static final Sql ISSUANCES =
      Sql.of(
          "parts.issuances",
          """
          select distinct on (n) n as part_number, e.occurred_at, e.valid_until
          from upload_events e cross join unnest(e.part_numbers) n
          where e.tenant_id = (select tenant_id from upload_sessions where id = :session)
            and e.session_id = :session and e.type = 'upload.presign_issued' and n between :first and :last
          order by n, e.occurred_at desc, e.id desc
          """);

  @Override
  public List<Issuance> issuances(UUID sessionId, int fromPartNumber, int toPartNumber) {
    return db.all(
        ISSUANCES
            .with("session", sessionId)
            .with("first", fromPartNumber)
            .with("last", toPartNumber),
        row ->
            new Issuance(
                row.count("part_number"), row.time("occurred_at"), row.time("valid_until")));
  }

  private static final Sql BIND_SUMS =
      Sql.of(
          "parts.bind_sums",
          """
          insert into upload_part_sums as s (session_id, part_number, sum)
          select :session, key::integer, value from jsonb_each_text(:sums) order by key::integer
          on conflict (session_id, part_number) do update set sum = excluded.sum where s.sum <> excluded.sum
          """);

  @Override
  public void bindSums(UUID sessionId, Map<Integer, String> sums) {
    db.run(BIND_SUMS.with("session", sessionId).with("sums", Json.write(sums)));
  }

  private static final Sql BOUND_SUMS =
      Sql.of(
          "parts.bound_sums",
          "select part_number, sum from upload_part_sums where session_id = :session");

  @Override
  public Map<Integer, String> boundSums(UUID sessionId) {
    Map<Integer, String> sums = new TreeMap<>();
    db.all(
            BOUND_SUMS.with("session", sessionId),
            row -> Map.entry(row.count("part_number"), row.text("sum")))
        .forEach(one -> sums.put(one.getKey(), one.getValue()));
    return sums;
  }
}
