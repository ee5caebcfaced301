package io.waybill.postgres;

import io.waybill.core.access.Grant;
import io.waybill.core.access.GrantStore;
import io.waybill.core.access.PermissionGrant;
import io.waybill.core.access.Resource;
import io.waybill.core.access.ResourceKind;
import io.waybill.core.access.Subject;
import io.waybill.core.access.SubjectKind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code permission_grants}. */
final class PostgresGrantStore implements GrantStore {
  private static final String COLUMNS =
      """
      g.id, g.tenant_id, g.subject_kind, g.subject_id, g.resource_kind, g.resource_id, g.code, g.effect, g.source,
      g.expires_at, g.created_at\
      """;

  private final Db db;

  PostgresGrantStore(Db db) {
    this.db = db;
  }

  private static final Sql ADD =
      Sql.of(
          "grants.add",
          """
          insert into permission_grants (id, tenant_id, subject_kind, subject_id, resource_kind, resource_id, code,
            effect, source, expires_at, created_at)
          select r.id, r.tenant_id, r.subject_kind, r.subject_id, r.resource_kind, r.resource_id, r.code, r.effect,
            r.source, r.expires_at, r.created_at
          from jsonb_to_recordset(:grants::jsonb) as r(id uuid, tenant_id uuid, subject_kind subject_kind,
            subject_id uuid, resource_kind resource_kind, resource_id uuid, code text, effect grant_effect,
            source text, expires_at timestamptz, created_at timestamptz)
          order by r.id
          on conflict (tenant_id, subject_kind, subject_id, resource_kind, resource_id, code, effect, source)
            do nothing
          """);

  @Override
  public int add(List<PermissionGrant> grants) {
    List<Map<String, @Nullable Object>> rows =
        grants.stream().map(PostgresGrantStore::columns).toList();
    return Math.toIntExact(db.run(ADD.with("grants", Json.write(rows))));
  }

  private static Map<String, @Nullable Object> columns(PermissionGrant grant) {
    Map<String, @Nullable Object> row = new HashMap<>();
    row.put("id", grant.permissionGrantId());
    row.put("tenant_id", grant.tenantId());
    row.put("subject_kind", grant.subject().kind().name());
    row.put("subject_id", grant.subject().id());
    row.put("resource_kind", grant.grant().resourceKind().name());
    row.put("resource_id", grant.grant().resourceId());
    row.put("code", grant.grant().code());
    row.put("effect", grant.grant().effect().name());
    row.put("source", grant.source());
    row.put("expires_at", grant.grant().expiresAt());
    row.put("created_at", grant.createdAt());
    return row;
  }

  private static final Sql LOCK =
      sql(
          "grants.lock",
          "select {columns} from permission_grants g"
              + " where g.tenant_id = :tenant and g.id = :id for update");

  @Override
  public Optional<PermissionGrant> lock(UUID tenantId, UUID permissionGrantId) {
    return db.one(
        LOCK.with("tenant", tenantId).with("id", permissionGrantId), PostgresGrantStore::grant);
  }

  private static final Sql LOCK_SAME =
      sql(
          "grants.lock_same",
          """
          select {columns} from permission_grants g
          where g.tenant_id = :tenant and g.subject_kind = :subject_kind::subject_kind and g.subject_id = :subject
            and g.resource_kind = :resource_kind::resource_kind and g.resource_id = :resource and g.code = :code
            and g.effect = :effect::grant_effect and g.source = :source
          for update
          """);

  @Override
  public Optional<PermissionGrant> lockSame(PermissionGrant grant) {
    return db.one(
        LOCK_SAME
            .with("tenant", grant.tenantId())
            .with("subject_kind", grant.subject().kind())
            .with("subject", grant.subject().id())
            .with("resource_kind", grant.grant().resourceKind())
            .with("resource", grant.grant().resourceId())
            .with("code", grant.grant().code())
            .with("effect", grant.grant().effect())
            .with("source", grant.source()),
        PostgresGrantStore::grant);
  }

  private static final Sql CHANGE =
      Sql.of(
          "grants.change",
          "update permission_grants g set expires_at = :expires"
              + " where g.tenant_id = :tenant and g.id = :id");

  @Override
  public void change(PermissionGrant grant) {
    db.run(
        CHANGE
            .with("tenant", grant.tenantId())
            .with("id", grant.permissionGrantId())
            .with("expires", grant.grant().expiresAt()));
  }

  private static final Sql DELETE =
      Sql.of(
          "grants.delete",
          "delete from permission_grants g where g.tenant_id = :tenant and g.id = :id");

  @Override
  public void delete(PermissionGrant grant) {
    db.run(DELETE.with("tenant", grant.tenantId()).with("id", grant.permissionGrantId()));
  }

  private static final Sql TAKE =
      Sql.of(
          "grants.take",
          """
          delete from permission_grants g
          where g.tenant_id = :tenant and g.subject_kind = :subject_kind::subject_kind and g.subject_id = :subject
            and g.resource_kind = :resource_kind::resource_kind and g.resource_id = :resource and g.source = :source
          """);

  @Override
  public int take(UUID tenantId, Subject subject, Resource.Node on, String source) {
    return Math.toIntExact(
        db.run(
            TAKE.with("tenant", tenantId)
                .with("subject_kind", subject.kind())
                .with("subject", subject.id())
                .with("resource_kind", on.kind())
                .with("resource", on.id())
                .with("source", source)));
  }

  private static final Sql LIST =
      sql(
          "grants.list",
          """
          select {columns} from permission_grants g
          where g.tenant_id = :tenant
            and (:subject::uuid is null
              or (g.subject_kind = :subject_kind::subject_kind and g.subject_id = :subject::uuid))
            and (:resource::uuid is null
              or (g.resource_kind = :resource_kind::resource_kind and g.resource_id = :resource::uuid))
            and (g.expires_at is null or g.expires_at > :now)
            and (:before::uuid is null or g.id < :before)
            and (cardinality(:denied::uuid[]) = 0
              or not (array[g.tenant_id, g.resource_id] || {above}) && :denied::uuid[])
          order by g.id desc limit :limit
          """
              .replace("{above}", PostgresResourceStore.ABOVE));

  @Override
  public List<PermissionGrant> list(Query query) {
    Subject subject = query.subject();
    return db.all(
        LIST.with("tenant", query.tenantId())
            .with("subject_kind", subject == null ? null : subject.kind())
            .with("subject", subject == null ? null : subject.id())
            .with("resource_kind", query.resourceKind())
            .with("resource", query.resourceId())
            .with("now", query.now())
            .with("before", query.before())
            .with("denied", Sql.array(query.denied()))
            .with("limit", query.limit()),
        PostgresGrantStore::grant);
  }

  private static Sql sql(String name, String text) {
    return Sql.of(name, text.replace("{columns}", COLUMNS));
  }

  private static PermissionGrant grant(Row row) {
    return new PermissionGrant(
        row.id("id"),
        row.id("tenant_id"),
        new Subject(row.symbol("subject_kind", SubjectKind.class), row.id("subject_id")),
        new Grant(
            row.symbol("resource_kind", ResourceKind.class),
            row.id("resource_id"),
            row.text("code"),
            row.symbol("effect", Grant.Effect.class),
            row.timeOrNull("expires_at")),
        row.text("source"),
        row.time("created_at"));
  }
}
