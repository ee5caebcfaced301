package io.waybill.postgres;

import io.waybill.core.access.Subject;
import io.waybill.core.access.SubjectKind;
import io.waybill.core.member.MemberRole;
import io.waybill.core.member.MemberStatus;
import io.waybill.core.member.MemberStore;
import io.waybill.core.member.ProjectMember;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** {@code project_members}. The project's row stands for all of its members. */
final class PostgresMemberStore implements MemberStore {
  private static final String COLUMNS =
      """
      m.id, m.tenant_id, m.project_id, m.subject_kind, m.subject_id, m.role, m.status, m.version, m.created_at,
      m.updated_at\
      """;

  private final Db db;

  PostgresMemberStore(Db db) {
    this.db = db;
  }

  private static final Sql INSERT =
      Sql.of(
          "members.insert",
          """
          with home as (
            select p.tenant_id, p.id from projects p
            where p.tenant_id = :tenant and p.id = :project and p.status <> 'DELETED' for no key update
          )
          insert into project_members (id, tenant_id, project_id, subject_kind, subject_id, role, status, version,
            created_at, updated_at)
          select :id::uuid, h.tenant_id, h.id, :subject_kind::subject_kind, :subject::uuid, :role::text,
            :status::member_status, :version::bigint, :created::timestamptz, :updated::timestamptz
          from home h
          on conflict (tenant_id, project_id, subject_id) do nothing
          """);

  @Override
  public boolean insert(ProjectMember member) {
    return db.run(
            INSERT
                .with("id", member.memberId())
                .with("tenant", member.tenantId())
                .with("project", member.projectId())
                .with("subject_kind", member.subject().kind())
                .with("subject", member.subject().id())
                .with("role", member.role().word())
                .with("status", member.status())
                .with("version", member.version())
                .with("created", member.createdAt())
                .with("updated", member.updatedAt()))
        == 1;
  }

  private static final Sql LOCK =
      sql(
          "members.lock",
          """
          select {columns} from projects p
          join project_members m on m.tenant_id = p.tenant_id and m.project_id = p.id
          where p.tenant_id = :tenant and p.id = :project and p.status <> 'DELETED' and m.subject_id = :subject
          for no key update of p, m
          """);

  @Override
  public Optional<ProjectMember> lock(UUID tenantId, UUID projectId, UUID subjectId) {
    return db.one(
        LOCK.with("tenant", tenantId).with("project", projectId).with("subject", subjectId),
        PostgresMemberStore::member);
  }

  private static final Sql UPDATE =
      Sql.of(
          "members.update",
          """
          update project_members m set role = :role, status = :status::member_status, version = :version,
            updated_at = :updated
          where m.tenant_id = :tenant and m.id = :id
          """);

  @Override
  public void update(ProjectMember member) {
    db.run(
        UPDATE
            .with("tenant", member.tenantId())
            .with("id", member.memberId())
            .with("role", member.role().word())
            .with("status", member.status())
            .with("version", member.version())
            .with("updated", member.updatedAt()));
  }

  private static final Sql DELETE =
      Sql.of(
          "members.delete",
          "delete from project_members m where m.tenant_id = :tenant and m.id = :id");

  @Override
  public void delete(ProjectMember member) {
    db.run(DELETE.with("tenant", member.tenantId()).with("id", member.memberId()));
  }

  private static final Sql OWNERS =
      Sql.of(
          "members.owners",
          """
          select count(*) as owners from project_members m
          where m.tenant_id = :tenant and m.project_id = :project and m.role = 'owner' and m.status = 'ACTIVE'
          """);

  @Override
  public int owners(UUID tenantId, UUID projectId) {
    return db.one(
            OWNERS.with("tenant", tenantId).with("project", projectId), row -> row.count("owners"))
        .orElse(0);
  }

  private static final Sql LIST =
      sql(
          "members.list",
          """
          select {columns} from project_members m
          where m.tenant_id = :tenant and m.project_id = :project and (:before::uuid is null or m.id < :before)
          order by m.id desc limit :limit
          """);

  @Override
  public List<ProjectMember> list(Query query) {
    return db.all(
        LIST.with("tenant", query.tenantId())
            .with("project", query.projectId())
            .with("before", query.before())
            .with("limit", query.limit()),
        PostgresMemberStore::member);
  }

  private static Sql sql(String name, String text) {
    return Sql.of(name, text.replace("{columns}", COLUMNS));
  }

  private static ProjectMember member(Row row) {
    return new ProjectMember(
        row.id("id"),
        row.id("tenant_id"),
        row.id("project_id"),
        new Subject(row.symbol("subject_kind", SubjectKind.class), row.id("subject_id")),
        MemberRole.of(row.text("role")),
        row.symbol("status", MemberStatus.class),
        row.number("version"),
        row.time("created_at"),
        row.time("updated_at"));
  }
}
