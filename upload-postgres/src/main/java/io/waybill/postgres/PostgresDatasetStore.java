package io.waybill.postgres;

import io.waybill.core.dataset.Dataset;
import io.waybill.core.dataset.DatasetFilter;
import io.waybill.core.dataset.DatasetStore;
import io.waybill.core.dataset.ValidationResult;
import io.waybill.core.dataset.ValidationStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** {@code datasets}. */
final class PostgresDatasetStore implements DatasetStore {
  private final Db db;

  PostgresDatasetStore(Db db) {
    this.db = db;
  }

  private static final Sql FIND =
      DatasetRows.sql(
          "datasets.find",
          """
          select {columns} from datasets d
          where d.id = :id and d.tenant_id = :tenant and d.project_id = :project
            and d.status not in ('DELETED', 'PURGED')
          """);

  @Override
  public Optional<Dataset> find(UUID tenantId, UUID projectId, UUID datasetId) {
    return db.one(
        FIND.with("id", datasetId).with("tenant", tenantId).with("project", projectId),
        DatasetRows::dataset);
  }

  // A filter that is not asked for is a constant when the plan is made, and costs nothing; what
  // would need another plan has a statement of its own. Whether it begins with the words or with
  // the newest is the planner's choice: it knows how rare they are. Each side of a join is told
  // where the page begins, or the other one is read from its end.
  private static final String SEARCHED =
      "join dataset_search w on w.dataset_id = d.id and w.project_id = :project and w.words ilike :search"
          + " and (:to_id::uuid is null or w.dataset_id < :to_id)";

  private static final String TAGGED =
      "join dataset_tags t on t.dataset_id = d.id and t.tenant_id = :tenant and t.tag_id = :tag"
          + " and (:to_id::uuid is null or t.dataset_id < :to_id)";

  private static final String FILTERS =
      """
      d.tenant_id = :tenant and d.project_id = :project and d.status <> 'PURGED'
        and (:deleted or d.status <> 'DELETED')
        and (:status::dataset_status is null or d.status = :status)
        and (:validation::validation_status is null or d.validation_status = :validation)
        and (:recovery::recovery_status is null or d.recovery_status = :recovery)
        and (:device::uuid is null or d.source_device_id = :device)
        and (:device_code::text is null or d.source_device_code = :device_code)
        and (:after::timestamptz is null or d.created_at > :after)
        and (:until::timestamptz is null or d.created_at < :until)
        and (:from_id::uuid is null or d.id >= :from_id) and (:to_id::uuid is null or d.id < :to_id)
        and d.id <> all(:except::uuid[])
      """;

  private static Sql list(String name, String joins) {
    return DatasetRows.sql(
        name,
        """
        select {columns} from datasets d {joins}
        where {filters} and (:only_devices::uuid[] = '{}' or d.source_device_id = any(:only_devices::uuid[]))
        order by d.id desc limit :limit
        """
            .replace("{joins}", joins)
            .replace("{filters}", FILTERS));
  }

  // The newest of each device, and of these the newest: how many rows of others lie between them is
  // nothing that the planner knows.
  private static final Sql LIST_OF_DEVICES =
      DatasetRows.sql(
          "datasets.list_of_devices",
          """
          select {columns} from datasets d
          where d.id in (
            select x.id from unnest(:only_devices::uuid[]) v(id) cross join lateral (
              select d.id from datasets d where d.source_device_id = v.id and {filters}
              order by d.id desc limit :limit) x
            order by x.id desc limit :limit)
          order by d.id desc
          """
              .replace("{filters}", FILTERS));

  private static final Sql LIST = list("datasets.list", "");
  private static final Sql SEARCH = list("datasets.search", SEARCHED);
  private static final Sql LIST_TAGGED = list("datasets.list_tagged", TAGGED);
  private static final Sql SEARCH_TAGGED = list("datasets.search_tagged", SEARCHED + " " + TAGGED);

  private static Sql listOf(Query query) {
    DatasetFilter filter = query.filter();
    if (filter.search() == null && filter.tagId() == null) {
      return query.onlyDevices().isEmpty() ? LIST : LIST_OF_DEVICES;
    }
    if (filter.search() == null) {
      return LIST_TAGGED;
    }
    return filter.tagId() == null ? SEARCH : SEARCH_TAGGED;
  }

  @Override
  public List<Dataset> list(Query query) {
    DatasetFilter filter = query.filter();
    return db.all(
        listOf(query)
            .with("tenant", query.tenantId())
            .with("project", query.projectId())
            .with("deleted", filter.includeDeleted())
            .with("status", filter.status())
            .with("validation", filter.validationStatus())
            .with("recovery", filter.recoveryStatus())
            .with("tag", filter.tagId())
            .with("device", filter.sourceDeviceId())
            .with("device_code", filter.sourceDeviceCode())
            .with("after", filter.createdAfter())
            .with("until", filter.createdBefore())
            .with("search", pattern(filter.search()))
            .with("from_id", TimedIds.madeFrom(filter.createdAfter()))
            .with("to_id", TimedIds.madeUntil(filter.createdBefore(), query.before()))
            .with("except", Sql.array(query.except()))
            .with("only_devices", Sql.array(query.onlyDevices()))
            .with("limit", query.limit()),
        DatasetRows::dataset);
  }

  private static final Sql VALIDATIONS =
      Sql.of(
          "datasets.validations",
          """
          select r.id, r.validator, r.validator_version, r.status, r.extracted, r.errors, r.started_at, r.finished_at
          from dataset_validation_results r
          where r.tenant_id = :tenant and r.dataset_id = :id
          order by r.id desc limit :limit
          """);

  @Override
  public List<ValidationResult> validations(UUID tenantId, UUID datasetId, int limit) {
    return db.all(
        VALIDATIONS.with("tenant", tenantId).with("id", datasetId).with("limit", limit),
        row ->
            new ValidationResult(
                row.id("id"),
                row.text("validator"),
                row.text("validator_version"),
                row.symbol("status", ValidationStatus.class),
                row.map("extracted"),
                row.list("errors", String.class),
                row.time("started_at"),
                row.timeOrNull("finished_at")));
  }

  private static final Sql REPORT_CHECKSUM =
      Sql.of(
          "datasets.report-checksum",
          """
          update datasets set checksum_sha256 = :sum
          where id = :id and tenant_id = :tenant and coalesce(checksum_sha256, :sum) = :sum
          """);

  @Override
  public boolean reportChecksum(UUID tenantId, UUID datasetId, String sha256) {
    return db.run(
            REPORT_CHECKSUM.with("id", datasetId).with("tenant", tenantId).with("sum", sha256))
        == 1;
  }

  private static final Sql LOCK =
      Sql.of(
          "datasets.lock",
          """
          select id from datasets
          where id = any(:ids::uuid[]) and tenant_id = :tenant and project_id = :project
          order by id for update
          """);

  // An upload that is open is the current one of its object: only what has ended is retried.
  private static final Sql TARGETS =
      DatasetRows.sql(
          "datasets.targets",
          """
          select {columns}, exists (
              select from upload_objects o join upload_sessions s on s.id = o.session_id
              where o.tenant_id = d.tenant_id and o.dataset_id = d.id and (s.status = 'COMPLETING'
                or s.status in ('INITIATING', 'INITIATED', 'UPLOADING', 'PAUSED') and s.expires_at > :now)
            ) as is_uploading
          from datasets d
          where d.id = any(:ids::uuid[]) and d.tenant_id = :tenant and d.project_id = :project
            and d.status not in ('DELETED', 'PURGED')
          """);

  // Two statements: the second one sees what the holder of a lock before us has committed.
  @Override
  public Map<UUID, UploadTarget> lockForUpload(
      UUID tenantId, UUID projectId, Set<UUID> datasetIds, Instant now) {
    Object ids = Sql.array(datasetIds);
    db.all(
        LOCK.with("ids", ids).with("tenant", tenantId).with("project", projectId),
        row -> row.id("id"));
    return db
        .all(
            TARGETS
                .with("ids", ids)
                .with("tenant", tenantId)
                .with("project", projectId)
                .with("now", now),
            row -> new UploadTarget(DatasetRows.dataset(row), row.flag("is_uploading")))
        .stream()
        .collect(Collectors.toMap(target -> target.dataset().datasetId(), target -> target));
  }

  private static @Nullable String pattern(@Nullable String search) {
    return search == null ? null : "%" + search.replaceAll("([\\\\%_])", "\\\\$1") + "%";
  }
}
