package io.waybill.postgres;

import io.waybill.core.access.ProjectScope;
import io.waybill.core.project.Project;
import io.waybill.core.project.ProjectProfile;
import io.waybill.core.project.ProjectStore;
import io.waybill.core.project.ProjectUsage;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** {@code projects}. */
final class PostgresProjectStore implements ProjectStore {
  private final Db db;

  PostgresProjectStore(Db db) {
    this.db = db;
  }

  private static final Sql FIND =
      ProjectRows.sql(
          "projects.find",
          """
          select {project} from projects p
          where p.tenant_id = :tenant and p.id = :id and p.status <> 'DELETED'
          """);

  @Override
  public Optional<Project> find(UUID tenantId, UUID projectId) {
    return db.one(FIND.with("tenant", tenantId).with("id", projectId), ProjectRows::project);
  }

  private static final Sql LIST =
      ProjectRows.sql(
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
        ProjectRows::project);
  }

  private static final Sql INSERT =
      Sql.of(
          "projects.insert",
          """
          with home as (
            select t.id from tenants t where t.id = :tenant for no key update
          )
          insert into projects (id, tenant_id, storage_policy_id, slug, name, description, status, metadata,
            metadata_schema, max_bytes, max_open_uploads, retention_days, version, created_at, updated_at, archived_at)
          select :id::uuid, h.id, :policy::uuid, :slug::text, :name::text, :description::text,
            :status::project_status, :metadata::jsonb, :schema::jsonb, :max_bytes::bigint, :max_open::integer,
            :retention::integer, :version::bigint, :created::timestamptz, :updated::timestamptz, :archived::timestamptz
          from home h
          on conflict (tenant_id, slug) where status <> 'DELETED' do nothing
          """);

  @Override
  public boolean insert(Project project) {
    return db.run(written(INSERT, project).with("created", project.createdAt())) == 1;
  }

  private static final Sql LOCK =
      ProjectRows.sql(
          "projects.lock",
          """
          select {project} from tenants t join projects p on p.tenant_id = t.id
          where t.id = :tenant and p.id = :id and p.status <> 'DELETED'
          for no key update of t for update of p
          """);

  @Override
  public Optional<Project> lock(UUID tenantId, UUID projectId) {
    return db.one(LOCK.with("tenant", tenantId).with("id", projectId), ProjectRows::project);
  }

  private static final Sql UPDATE =
      Sql.of(
          "projects.update",
          """
          update projects p
          set storage_policy_id = :policy::uuid, slug = :slug, name = :name, description = :description,
            status = :status::project_status, metadata = :metadata::jsonb, metadata_schema = :schema::jsonb,
            max_bytes = :max_bytes::bigint, max_open_uploads = :max_open::integer,
            retention_days = :retention::integer, version = :version, updated_at = :updated,
            archived_at = :archived::timestamptz
          where p.tenant_id = :tenant and p.id = :id and not exists (
            select from projects o
            where o.tenant_id = p.tenant_id and o.slug = :slug and o.status <> 'DELETED' and o.id <> p.id)
          """);

  @Override
  public boolean update(Project project) {
    return db.run(written(UPDATE, project)) == 1;
  }

  private static Sql.Call written(Sql statement, Project project) {
    ProjectProfile profile = project.profile();
    return statement
        .with("id", project.projectId())
        .with("tenant", project.tenantId())
        .with("policy", project.storagePolicyId())
        .with("slug", profile.slug())
        .with("name", profile.name())
        .with("description", profile.description())
        .with("status", project.status())
        .with("metadata", Json.write(profile.metadata()))
        .with("schema", Json.write(profile.rules().metadataSchema()))
        .with("max_bytes", profile.rules().maxBytes())
        .with("max_open", profile.rules().maxOpenUploads())
        .with("retention", profile.rules().retentionDays())
        .with("version", project.version())
        .with("updated", project.updatedAt())
        .with("archived", project.archivedAt());
  }

  private static final Sql IS_EMPTY =
      Sql.of(
          "projects.is_empty",
          """
          select not exists (
              select from datasets d where d.tenant_id = :tenant and d.project_id = :id and d.status <> 'PURGED')
            and not exists (
              select from devices v where v.tenant_id = :tenant and v.project_id = :id and v.status <> 'DELETED')
            as is_empty
          """);

  @Override
  public boolean isEmpty(UUID tenantId, UUID projectId) {
    return db.one(
            IS_EMPTY.with("tenant", tenantId).with("id", projectId), row -> row.flag("is_empty"))
        .orElseThrow();
  }

  private static final Sql USAGE =
      Sql.of(
          "projects.usage",
          """
          select u.project_id, sum(u.used_bytes)::bigint as used, sum(u.reserved_bytes)::bigint as reserved,
            sum(u.open_uploads)::integer as open
          from project_usage u where u.project_id = any(:ids::uuid[]) group by u.project_id
          """);

  @Override
  public Map<UUID, ProjectUsage> usage(Collection<UUID> projectIds) {
    return db
        .all(
            USAGE.with("ids", Sql.array(projectIds)),
            row ->
                Map.entry(
                    row.id("project_id"),
                    new ProjectUsage(
                        row.number("used"), row.number("reserved"), row.count("open"))))
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }
}
