package io.waybill.postgres;

import io.waybill.core.dataset.ValidationQueue;
import io.waybill.core.dataset.ValidationResult;
import io.waybill.core.storage.ChecksumMode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The rows of {@code datasets} that validators have to look at; their index holds no others. */
record PostgresValidationQueue(Db db) implements ValidationQueue {

  private static final String WAITING =
      "status in ('PROCESSING', 'READY', 'ARCHIVED') and validation_status in ('PENDING', 'RUNNING')";

  private static final Sql CLAIM =
      DatasetRows.sql(
          "validation_queue.claim",
          """
          with due as (
            select id from datasets
            where {waiting} and recovery_status = 'NORMAL'
              and (validation_due_at is null or validation_due_at <= :now::timestamptz)
            order by validation_due_at nulls first limit :limit for update skip locked
          ), claimed as (
            update datasets d set validation_status = 'RUNNING', validation_due_at = :until::timestamptz,
              validation_attempt = d.validation_attempt + 1
            from due where d.id = due.id returning d.*
          )
          select {columns}, d.validation_attempt, coalesce(s.checksum_mode, 'NONE') as checksum_mode
          from claimed d left join lateral (
            select s.checksum_mode from upload_sessions s
            where s.tenant_id = d.tenant_id and s.dataset_id = d.id and s.object_key = d.object_key
            order by s.id desc limit 1
          ) s on true
          """
              .replace("{waiting}", WAITING));

  @Override
  public List<Due> claim(Instant now, Instant until, int limit) {
    return db.all(
        CLAIM.with("now", now).with("until", until).with("limit", limit),
        row ->
            new Due(
                DatasetRows.dataset(row),
                row.count("validation_attempt"),
                row.symbol("checksum_mode", ChecksumMode.class)));
  }

  private static final Sql KEEP =
      Sql.of(
          "validation_queue.keep",
          """
          update datasets set validation_due_at = :until::timestamptz
          where id = :id and validation_attempt = :attempt and {waiting}
          """
              .replace("{waiting}", WAITING));

  @Override
  public boolean keep(UUID datasetId, int attempt, Instant until) {
    return db.run(KEEP.with("id", datasetId).with("attempt", attempt).with("until", until)) == 1;
  }

  private static final Sql FINISH =
      Sql.of(
          "validation_queue.finish",
          """
          with mine as (
            update datasets set validation_due_at = null, preview_status = :preview::preview_status,
              preview_metadata = :shown::jsonb
            where id = :id and validation_attempt = :attempt and {waiting} and recovery_status = 'NORMAL'
            returning id, tenant_id
          ), written as (
            insert into dataset_validation_results (id, tenant_id, dataset_id, validator, validator_version, status,
              extracted, errors, started_at, finished_at)
            select r.id, mine.tenant_id, mine.id, r.validator, r.validator_version, r.status, r.extracted, r.errors,
              r.started_at, r.finished_at
            from mine cross join jsonb_to_recordset(:results) as r(id uuid, validator text, validator_version text,
              status validation_status, extracted jsonb, errors jsonb, started_at timestamptz,
              finished_at timestamptz)
          )
          select id from mine
          """
              .replace("{waiting}", WAITING));

  @Override
  public boolean finish(UUID datasetId, int attempt, Findings findings) {
    List<Map<String, @Nullable Object>> results =
        findings.results().stream().map(PostgresValidationQueue::row).toList();
    return !db.all(
            FINISH
                .with("id", datasetId)
                .with("attempt", attempt)
                .with("preview", findings.preview().status())
                .with("shown", Json.write(findings.preview().metadata()))
                .with("results", Json.write(results)),
            row -> row.id("id"))
        .isEmpty();
  }

  private static Map<String, @Nullable Object> row(ValidationResult result) {
    Map<String, @Nullable Object> row = new LinkedHashMap<>();
    row.put("id", result.resultId());
    row.put("validator", result.validator());
    row.put("validator_version", result.validatorVersion());
    row.put("status", result.status());
    row.put("extracted", result.extracted());
    row.put("errors", result.errors());
    row.put("started_at", result.startedAt());
    row.put("finished_at", result.finishedAt());
    return row;
  }

  private static final Sql DEPTH =
      Sql.of(
          "validation_queue.depth",
          "select count(*) as waiting, min(updated_at) as oldest from datasets where " + WAITING);

  @Override
  public Depth depth() {
    return db.all(DEPTH.call(), row -> new Depth(row.number("waiting"), row.timeOrNull("oldest")))
        .getFirst();
  }
}
