package io.waybill.postgres;

import io.waybill.core.access.Identity;
import io.waybill.core.access.ProjectScope;
import io.waybill.core.project.Project;
import io.waybill.core.project.ProjectStatus;
import io.waybill.core.project.ProjectStore;
import io.waybill.core.project.StoragePolicy;
import io.waybill.core.project.UploadRoom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code projects} and {@code storage_policies}. */
final class PostgresProjectStore implements ProjectStore {
  private static final String PROJECT =
      """
      p.id as p_id, p.tenant_id as p_tenant_id, p.storage_policy_id as p_storage_policy_id, p.slug as p_slug,
      p.name as p_name, p.description as p_description, p.status as p_status, p.metadata as p_metadata,
      p.version as p_version, p.created_at as p_created_at, p.updated_at as p_updated_at,
      p.archived_at as p_archived_at\
      """;

  private static final String POLICY =
      """
      y.id as y_id, y.endpoint_ref as y_endpoint_ref, y.bucket as y_bucket,
      y.default_part_size_bytes as y_default_part_size_bytes, y.url_life_seconds as y_url_life_seconds,
      y.session_life_seconds as y_session_life_seconds, y.max_session_life_seconds as y_max_session_life_seconds,
      to_jsonb(y.content_types) as y_content_types, y.validation_required as y_validation_required\
      """;

  private final Db db;

  PostgresProjectStore(Db db) {
    this.db = db;
  }

  private static Sql sql(String name, String text) {
    return Sql.of(name, text.replace("{project}", PROJECT).replace("{policy}", POLICY));
  }

  private static final Sql FIND =
      sql(
          "projects.find",
          "select {project} from projects p where p.tenant_id = :tenant and p.id = :id");

  @Override
  public Optional<Project> find(UUID tenantId, UUID projectId) {
    return db.one(
        FIND.with("tenant", tenantId).with("id", projectId), PostgresProjectStore::project);
  }

  private static final Sql LIST =
      sql(
          "projects.list",
          """
          select {project} from projects p
          where p.tenant_id = :tenant and p.status <> 'DELETED'
            and (:all or p.id = any(:only::uuid[])) and p.id <> all(:except::uuid[])
            and (:before::uuid is null or p.id < :before)
          order by p.id desc limit :limit
          """);

  @Override
  public List<Project> list(UUID tenantId, ProjectScope scope, @Nullable UUID before, int limit) {
    return db.all(
        LIST.with("tenant", tenantId)
            .with("all", scope.all())
            .with("only", Sql.array(scope.only()))
            .with("except", Sql.array(scope.except()))
            .with("before", before)
            .with("limit", limit),
        PostgresProjectStore::project);
  }

  // What is past its end counts as open until a worker has marked it; the oldest of what is due
  // says how much
  // of it is the tenant's. Healthy workers leave next to nothing due, dead ones no more than is
  // looked at. What is given as (select …) hides its value from the planner, which else would find
  // a plan for this very value a little cheaper, every time, and plan ten times as long as it runs.
  private static final Sql UPLOAD_ROOM =
      sql(
          "projects.upload_room",
          """
          select {project}, {policy}, d.id as d_id, d.device_code as d_code, d.status as d_status,
            o.of_tenant - e.of_tenant as of_tenant, o.of_device - e.of_device as of_device, o.of_project as open_tasks
          from projects p
          left join storage_policies y on y.tenant_id = p.tenant_id and y.status = 'ACTIVE'
            and y.id = coalesce(:policy::uuid, p.storage_policy_id,
              (select z.id from storage_policies z where z.tenant_id = :tenant and z.is_default))
          left join devices d on d.tenant_id = p.tenant_id and d.status <> 'DELETED'
            and d.id = :device
          cross join lateral (
            select coalesce(sum(c.open) filter (where c.owner_id = p.tenant_id), 0) as of_tenant,
              coalesce(sum(c.open) filter (where c.owner_id = d.id), 0) as of_device,
              coalesce(sum(c.open) filter (where c.owner_id = p.id), 0) as of_project
            from open_counts c where c.owner_id = any(array[p.tenant_id, d.id, p.id])) o
          cross join lateral (
            select count(*) as of_tenant, count(*) filter (where x.source_device_id = d.id) as of_device
            from (select s.tenant_id, s.source_device_id, s.status, s.expires_at from upload_sessions s
              where s.due_at <= (select :now::timestamptz) order by s.due_at limit 1000) x
            where x.tenant_id = p.tenant_id and x.expires_at <= :now
              and x.status in ('INITIATED', 'UPLOADING', 'PAUSED')) e
          where p.tenant_id = :tenant and p.id = :project
          """);

  @Override
  public Optional<UploadRoom> uploadRoom(RoomRequest request) {
    return db.one(
        UPLOAD_ROOM
            .with("tenant", request.tenantId())
            .with("project", request.projectId())
            .with("policy", request.storagePolicyId())
            .with("device", request.deviceId())
            .with("now", request.now()),
        PostgresProjectStore::room);
  }

  private static UploadRoom room(Row row) {
    return new UploadRoom(
        project(row),
        row.isNull("y_id") ? null : policy(row),
        row.isNull("d_id") ? null : device(row),
        row.count("of_tenant"),
        row.count("of_device"),
        row.count("open_tasks"));
  }

  private static final Sql POLICY_OF =
      sql(
          "projects.policy_of",
          """
          select {policy} from upload_sessions s
          join storage_policies y on y.tenant_id = s.tenant_id and y.id = s.storage_policy_id
          where s.id = :session and s.tenant_id = :tenant
          """);

  @Override
  public Optional<StoragePolicy> policyOf(UUID tenantId, UUID sessionId) {
    return db.one(
        POLICY_OF.with("session", sessionId).with("tenant", tenantId),
        PostgresProjectStore::policy);
  }

  private static Project project(Row joined) {
    Row row = joined.of("p_");
    return new Project(
        row.id("id"),
        row.id("tenant_id"),
        row.idOrNull("storage_policy_id"),
        row.text("slug"),
        row.text("name"),
        row.textOrNull("description"),
        row.symbol("status", ProjectStatus.class),
        row.map("metadata"),
        row.number("version"),
        row.time("created_at"),
        row.time("updated_at"),
        row.timeOrNull("archived_at"));
  }

  private static StoragePolicy policy(Row joined) {
    Row row = joined.of("y_");
    return new StoragePolicy(
        row.id("id"),
        row.text("endpoint_ref"),
        row.text("bucket"),
        row.number("default_part_size_bytes"),
        Duration.ofSeconds(row.number("url_life_seconds")),
        secondsOrNull(row, "session_life_seconds"),
        secondsOrNull(row, "max_session_life_seconds"),
        Set.copyOf(row.list("content_types", String.class)),
        row.flag("validation_required"));
  }

  private static @Nullable Duration secondsOrNull(Row row, String column) {
    return row.isNull(column) ? null : Duration.ofSeconds(row.number(column));
  }

  private static UploadRoom.SourceDevice device(Row row) {
    return new UploadRoom.SourceDevice(
        row.id("d_id"),
        row.text("d_code"),
        row.text("d_status").equals("ACTIVE")
            ? Identity.Standing.ACTIVE
            : Identity.Standing.INACTIVE);
  }
}
