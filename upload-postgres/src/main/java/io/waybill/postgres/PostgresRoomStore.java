package io.waybill.postgres;

import io.waybill.core.access.Identity;
import io.waybill.core.project.Project;
import io.waybill.core.project.ProjectUsage;
import io.waybill.core.upload.RoomStore;
import io.waybill.core.upload.UploadRoom;
import java.util.Optional;

/** What a create must know of projects, policies, devices and counts. */
final class PostgresRoomStore implements RoomStore {
  private final Db db;

  PostgresRoomStore(Db db) {
    this.db = db;
  }

  // What is past its end counts as open until a worker has marked it; the oldest of what is due
  // says how much
  // of it is the tenant's. Healthy workers leave next to nothing due, dead ones no more than is
  // looked at. What is given as (select …) hides its value from the planner, which else would find
  // a plan for this very value a little cheaper, every time, and plan ten times as long as it runs.
  private static final Sql UPLOAD_ROOM =
      ProjectRows.sql(
          "projects.upload_room",
          """
          select {project}, {policy}, d.id as d_id, d.device_code as d_code, d.status as d_status,
            o.of_tenant - e.of_tenant as of_tenant, o.of_device - e.of_device as of_device, o.of_project as open_tasks,
            v.waiting as unvalidated,
            u.used as used, u.reserved - e.bytes as reserved, u.opened - e.of_project as opened,
            t.max_bytes as t_max_bytes, w.used as t_used_bytes, w.reserved - e.tenant_bytes as t_reserved_bytes
          from projects p join tenants t on t.id = p.tenant_id
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
            select count(*) as of_tenant, count(*) filter (where x.source_device_id = d.id) as of_device,
              count(*) filter (where x.project_id = p.id) as of_project,
              coalesce(sum(x.file_size_bytes) filter (where x.project_id = p.id), 0)::bigint as bytes,
              coalesce(sum(x.file_size_bytes), 0)::bigint as tenant_bytes
            from (select s.tenant_id, s.project_id, s.source_device_id, s.file_size_bytes, s.status, s.expires_at
              from upload_sessions s
              where s.due_at <= (select :now::timestamptz) order by s.due_at limit 1000) x
            where x.tenant_id = p.tenant_id and x.expires_at <= :now
              and x.status in ('INITIATED', 'UPLOADING', 'PAUSED')) e
          cross join lateral (
            select coalesce(sum(q.used_bytes), 0)::bigint as used, coalesce(sum(q.reserved_bytes), 0)::bigint as reserved,
              coalesce(sum(q.open_uploads), 0)::bigint as opened
            from project_usage q
            where q.project_id = p.id and (p.max_bytes is not null or p.max_open_uploads is not null)) u
          cross join lateral (
            select coalesce(sum(q.used_bytes), 0)::bigint as used, coalesce(sum(q.reserved_bytes), 0)::bigint as reserved
            from tenant_usage q where q.tenant_id = p.tenant_id) w
          cross join lateral (
            select count(*) as waiting from (select from datasets n
              where (y.validation_required or y.checksum_mode = 'SERVER_STRICT_VALIDATE') and n.tenant_id = p.tenant_id
                and n.status = 'PROCESSING' and n.validation_status in ('PENDING', 'RUNNING') limit 10000) one) v
          where p.tenant_id = :tenant and p.id = :project
          """);

  @Override
  public Optional<UploadRoom> find(RoomRequest request) {
    return db.one(
        UPLOAD_ROOM
            .with("tenant", request.tenantId())
            .with("project", request.projectId())
            .with("policy", request.storagePolicyId())
            .with("device", request.deviceId())
            .with("now", request.now()),
        PostgresRoomStore::room);
  }

  private static UploadRoom room(Row row) {
    Project project = ProjectRows.project(row);
    return new UploadRoom(
        project,
        row.isNull("y_id") ? null : ProjectRows.policy(row),
        row.isNull("d_id") ? null : device(row),
        row.count("of_tenant"),
        row.count("of_device"),
        row.count("open_tasks"),
        row.count("unvalidated"),
        project.rules().isBounded() ? usage(row) : ProjectUsage.NONE,
        PostgresQuotaStore.quota(row));
  }

  private static ProjectUsage usage(Row row) {
    return new ProjectUsage(row.number("used"), row.number("reserved"), row.count("opened"));
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
