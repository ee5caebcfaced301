package io.waybill.postgres;

import io.waybill.core.tag.Tag;
import io.waybill.core.tag.TagStore;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * {@code tags}. Whoever gives a name holds the project's row: two who choose the same one wait for
 * each other instead of meeting in the index.
 */
final class PostgresTagStore implements TagStore {
  private static final String COLUMNS =
      """
      c.id, c.tenant_id, c.project_id, c.tag_category_id, c.name, c.description, c.version, c.created_at, c.updated_at\
      """;

  private final Db db;

  PostgresTagStore(Db db) {
    this.db = db;
  }

  private static final Sql INSERT =
      Sql.of(
          "tags.insert",
          """
          with home as (
            select p.tenant_id, p.id from projects p
            where p.tenant_id = :tenant and p.id = :project for no key update
          )
          insert into tags (id, tenant_id, project_id, tag_category_id, name, description, version, created_at, updated_at)
          select :id::uuid, h.tenant_id, h.id, :category::uuid, :name::text, :description::text, :version::bigint,
            :created::timestamptz, :updated::timestamptz
          from home h
          where :category::uuid is null or exists (
            select from tag_categories g
            where g.tenant_id = h.tenant_id and g.project_id = h.id and g.id = :category::uuid)
          on conflict (tenant_id, project_id, name) do nothing
          """);

  @Override
  public boolean insert(Tag tag) {
    return db.run(
            INSERT
                .with("id", tag.tagId())
                .with("tenant", tag.tenantId())
                .with("project", tag.projectId())
                .with("category", tag.tagCategoryId())
                .with("name", tag.name())
                .with("description", tag.description())
                .with("version", tag.version())
                .with("created", tag.createdAt())
                .with("updated", tag.updatedAt()))
        == 1;
  }

  private static final Sql LOCK =
      sql(
          "tags.lock",
          """
          select {columns} from projects p
          join tags c on c.tenant_id = p.tenant_id and c.project_id = p.id
          where p.tenant_id = :tenant and p.id = :project and c.id = :id
          for no key update of p, c
          """);

  @Override
  public Optional<Tag> lock(UUID tenantId, UUID projectId, UUID tagId) {
    return db.one(
        LOCK.with("tenant", tenantId).with("project", projectId).with("id", tagId),
        PostgresTagStore::tag);
  }

  private static final Sql UPDATE =
      Sql.of(
          "tags.update",
          """
          update tags c
          set tag_category_id = :category::uuid, name = :name, description = :description, version = :version, updated_at = :updated
          where c.tenant_id = :tenant and c.id = :id and not exists (
            select from tags o
            where o.tenant_id = c.tenant_id and o.project_id = c.project_id and o.name = :name and o.id <> c.id)
            and (:category::uuid is null or exists (
              select from tag_categories g
              where g.tenant_id = c.tenant_id and g.project_id = c.project_id and g.id = :category::uuid))
          """);

  @Override
  public boolean update(Tag tag) {
    return db.run(
            UPDATE
                .with("id", tag.tagId())
                .with("tenant", tag.tenantId())
                .with("category", tag.tagCategoryId())
                .with("name", tag.name())
                .with("description", tag.description())
                .with("version", tag.version())
                .with("updated", tag.updatedAt()))
        == 1;
  }

  private static final Sql DELETE =
      Sql.of("tags.delete", "delete from tags c where c.tenant_id = :tenant and c.id = :id");

  @Override
  public void delete(Tag tag) {
    db.run(DELETE.with("tenant", tag.tenantId()).with("id", tag.tagId()));
  }

  private static final Sql LIST =
      sql(
          "tags.list",
          """
          select {columns} from tags c
          where c.tenant_id = :tenant and c.project_id = :project
            and (:category::uuid is null or c.tag_category_id = :category::uuid)
            and (:before::uuid is null or c.id < :before) and c.id <> all(:except::uuid[])
          order by c.id desc limit :limit
          """);

  @Override
  public List<Tag> list(Query query) {
    return db.all(
        LIST.with("tenant", query.tenantId())
            .with("project", query.projectId())
            .with("category", query.tagCategoryId())
            .with("before", query.before())
            .with("except", Sql.array(query.except()))
            .with("limit", query.limit()),
        PostgresTagStore::tag);
  }

  private static Sql sql(String name, String text) {
    return Sql.of(name, text.replace("{columns}", COLUMNS));
  }

  private static Tag tag(Row row) {
    return new Tag(
        row.id("id"),
        row.id("tenant_id"),
        row.id("project_id"),
        row.idOrNull("tag_category_id"),
        row.text("name"),
        row.textOrNull("description"),
        row.number("version"),
        row.time("created_at"),
        row.time("updated_at"));
  }
}
