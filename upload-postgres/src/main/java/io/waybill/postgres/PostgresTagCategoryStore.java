package io.waybill.postgres;

import io.waybill.core.tag.TagCategory;
import io.waybill.core.tag.TagCategoryStore;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * {@code tag_categories}. Whoever gives a name holds the project's row: two who choose the same one
 * wait for each other instead of meeting in the index.
 */
final class PostgresTagCategoryStore implements TagCategoryStore {
  private static final String COLUMNS =
      """
      c.id, c.tenant_id, c.project_id, c.name, c.description, c.version, c.created_at, c.updated_at\
      """;

  private final Db db;

  PostgresTagCategoryStore(Db db) {
    this.db = db;
  }

  private static final Sql INSERT =
      Sql.of(
          "tag_categories.insert",
          """
          with home as (
            select p.tenant_id, p.id from projects p
            where p.tenant_id = :tenant and p.id = :project for no key update
          )
          insert into tag_categories (id, tenant_id, project_id, name, description, version, created_at, updated_at)
          select :id::uuid, h.tenant_id, h.id, :name::text, :description::text, :version::bigint,
            :created::timestamptz, :updated::timestamptz
          from home h
          on conflict (tenant_id, project_id, name) do nothing
          """);

  @Override
  public boolean insert(TagCategory category) {
    return db.run(
            INSERT
                .with("id", category.tagCategoryId())
                .with("tenant", category.tenantId())
                .with("project", category.projectId())
                .with("name", category.name())
                .with("description", category.description())
                .with("version", category.version())
                .with("created", category.createdAt())
                .with("updated", category.updatedAt()))
        == 1;
  }

  private static final Sql LOCK =
      sql(
          "tag_categories.lock",
          """
          select {columns} from projects p
          join tag_categories c on c.tenant_id = p.tenant_id and c.project_id = p.id
          where p.tenant_id = :tenant and p.id = :project and c.id = :id
          for no key update of p, c
          """);

  @Override
  public Optional<TagCategory> lock(UUID tenantId, UUID projectId, UUID tagCategoryId) {
    return db.one(
        LOCK.with("tenant", tenantId).with("project", projectId).with("id", tagCategoryId),
        PostgresTagCategoryStore::category);
  }

  private static final Sql UPDATE =
      Sql.of(
          "tag_categories.update",
          """
          update tag_categories c
          set name = :name, description = :description, version = :version, updated_at = :updated
          where c.tenant_id = :tenant and c.id = :id and not exists (
            select from tag_categories o
            where o.tenant_id = c.tenant_id and o.project_id = c.project_id and o.name = :name and o.id <> c.id)
          """);

  @Override
  public boolean update(TagCategory category) {
    return db.run(
            UPDATE
                .with("id", category.tagCategoryId())
                .with("tenant", category.tenantId())
                .with("name", category.name())
                .with("description", category.description())
                .with("version", category.version())
                .with("updated", category.updatedAt()))
        == 1;
  }

  private static final Sql DELETE =
      Sql.of(
          "tag_categories.delete",
          "delete from tag_categories c where c.tenant_id = :tenant and c.id = :id");

  @Override
  public void delete(TagCategory category) {
    db.run(DELETE.with("tenant", category.tenantId()).with("id", category.tagCategoryId()));
  }

  private static final Sql LIST =
      sql(
          "tag_categories.list",
          """
          select {columns} from tag_categories c
          where c.tenant_id = :tenant and c.project_id = :project
            and (:before::uuid is null or c.id < :before) and c.id <> all(:except::uuid[])
          order by c.id desc limit :limit
          """);

  @Override
  public List<TagCategory> list(Query query) {
    return db.all(
        LIST.with("tenant", query.tenantId())
            .with("project", query.projectId())
            .with("before", query.before())
            .with("except", Sql.array(query.except()))
            .with("limit", query.limit()),
        PostgresTagCategoryStore::category);
  }

  private static Sql sql(String name, String text) {
    return Sql.of(name, text.replace("{columns}", COLUMNS));
  }

  private static TagCategory category(Row row) {
    return new TagCategory(
        row.id("id"),
        row.id("tenant_id"),
        row.id("project_id"),
        row.text("name"),
        row.textOrNull("description"),
        row.number("version"),
        row.time("created_at"),
        row.time("updated_at"));
  }
}
