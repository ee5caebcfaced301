package io.waybill.postgres;

/**
 * Counters beside what the rows say, in one statement each and so of one moment: triggers change a
 * counter in the transaction that changes the row, and the two differ for nobody who sees both.
 */
final class DriftSql {

  private static final String OF_TENANT =
      """
      with opened as materialized (
        select s.source_device_id from upload_sessions s
        where s.tenant_id = :tenant and s.due_at is not null
          and s.status in ('INITIATING', 'INITIATED', 'UPLOADING', 'PAUSED', 'COMPLETING')),
      actual(counter, owner_id, amount) as (
        select 'OPEN_UPLOADS', cast(:tenant as uuid), count(*) from opened
        union all
        select 'OPEN_UPLOADS', o.source_device_id, count(*) from opened o
          where o.source_device_id is not null group by o.source_device_id
        union all
        select v.counter, p.tenant_id, sum(v.bytes)
          from projects p join project_usage u on u.project_id = p.id
          cross join lateral (values ('TENANT_USED_BYTES', u.used_bytes), ('TENANT_RESERVED_BYTES', u.reserved_bytes))
            v(counter, bytes)
          where p.tenant_id = :tenant group by v.counter, p.tenant_id),
      counted(counter, owner_id, amount) as (
        select 'OPEN_UPLOADS', c.owner_id, sum(c.open) from open_counts c where c.owner_id = :tenant group by c.owner_id
        union all
        select 'OPEN_UPLOADS', c.owner_id, sum(c.open) from devices d join open_counts c on c.owner_id = d.id
          where d.tenant_id = :tenant group by c.owner_id
        union all
        select v.counter, u.tenant_id, sum(v.bytes) from tenant_usage u
          cross join lateral (values ('TENANT_USED_BYTES', u.used_bytes), ('TENANT_RESERVED_BYTES', u.reserved_bytes))
            v(counter, bytes)
          where u.tenant_id = :tenant group by v.counter, u.tenant_id),
      """;

  private static final String OF_PROJECT =
      """
      with home as (
        select p.tenant_id, p.id from projects p where p.tenant_id = :tenant and p.id = :project),
      actual(counter, owner_id, amount) as (
        select 'OPEN_TASKS', t.project_id, count(*) from home h join upload_tasks t
          on t.tenant_id = h.tenant_id and t.project_id = h.id
          where t.status in ('PENDING', 'PROCESSING', 'PAUSED') group by t.project_id
        union all
        select v.counter, s.project_id, sum(v.amount) from home h join upload_sessions s
          on s.tenant_id = h.tenant_id and s.project_id = h.id and s.due_at is not null
          cross join lateral (values ('PROJECT_OPEN_UPLOADS', 1), ('PROJECT_RESERVED_BYTES', s.file_size_bytes))
            v(counter, amount)
          where s.status in ('INITIATING', 'INITIATED', 'UPLOADING', 'PAUSED', 'COMPLETING')
          group by v.counter, s.project_id
        union all
        select 'PROJECT_USED_BYTES', d.project_id, sum(d.object_size_bytes) from home h join datasets d
          on d.tenant_id = h.tenant_id and d.project_id = h.id
          where d.object_size_bytes is not null and d.status <> 'PURGED' group by d.project_id),
      counted(counter, owner_id, amount) as (
        select 'OPEN_TASKS', c.owner_id, sum(c.open) from home h join open_counts c on c.owner_id = h.id
          group by c.owner_id
        union all
        select v.counter, u.project_id, sum(v.amount) from home h join project_usage u on u.project_id = h.id
          cross join lateral (values ('PROJECT_OPEN_UPLOADS', u.open_uploads),
            ('PROJECT_RESERVED_BYTES', u.reserved_bytes), ('PROJECT_USED_BYTES', u.used_bytes)) v(counter, amount)
          group by v.counter, u.project_id),
      """;

  private static final String DRIFT =
      """
      drift as (
        select counter, owner_id, coalesce(c.amount, 0)::bigint as counted, coalesce(a.amount, 0)::bigint as actual
        from actual a full join counted c using (counter, owner_id)
        where coalesce(a.amount, 0) <> coalesce(c.amount, 0))
      """;

  // By the difference: whoever counts at the same time adds to the same rows, and both sums stand.
  private static final String MENDED =
      """
      , mended as (
        select d.counter, d.owner_id, pg_backend_pid() & 15 as shard, d.actual - d.counted as missing from drift d),
      open_mended as (
        insert into open_counts as c (owner_id, shard, open)
        select m.owner_id, m.shard, m.missing from mended m where m.counter in ('OPEN_UPLOADS', 'OPEN_TASKS')
        order by m.owner_id
        on conflict (owner_id, shard) do update set open = c.open + excluded.open),
      projects_mended as (
        insert into project_usage as u (project_id, shard, used_bytes, reserved_bytes, open_uploads)
        select m.owner_id, m.shard, coalesce(sum(m.missing) filter (where m.counter = 'PROJECT_USED_BYTES'), 0),
          coalesce(sum(m.missing) filter (where m.counter = 'PROJECT_RESERVED_BYTES'), 0),
          coalesce(sum(m.missing) filter (where m.counter = 'PROJECT_OPEN_UPLOADS'), 0)
        from mended m where m.counter like 'PROJECT%' group by m.owner_id, m.shard
        on conflict (project_id, shard) do update set used_bytes = u.used_bytes + excluded.used_bytes,
          reserved_bytes = u.reserved_bytes + excluded.reserved_bytes,
          open_uploads = u.open_uploads + excluded.open_uploads),
      tenants_mended as (
        insert into tenant_usage as u (tenant_id, shard, used_bytes, reserved_bytes)
        select m.owner_id, m.shard, coalesce(sum(m.missing) filter (where m.counter = 'TENANT_USED_BYTES'), 0),
          coalesce(sum(m.missing) filter (where m.counter = 'TENANT_RESERVED_BYTES'), 0)
        from mended m where m.counter like 'TENANT%' group by m.owner_id, m.shard
        on conflict (tenant_id, shard) do update set used_bytes = u.used_bytes + excluded.used_bytes,
          reserved_bytes = u.reserved_bytes + excluded.reserved_bytes)
      """;

  private static final String SHOWN =
      "select d.counter, d.owner_id, d.counted, d.actual from drift d order by d.counter, d.owner_id";

  static final Sql TENANT = Sql.of("quotas.drift_of_tenant", OF_TENANT + DRIFT + SHOWN);
  static final Sql PROJECT = Sql.of("quotas.drift_of_project", OF_PROJECT + DRIFT + SHOWN);
  static final Sql MEND_TENANT =
      Sql.of("quotas.mend_tenant", OF_TENANT + DRIFT + MENDED + SHOWN);
  static final Sql MEND_PROJECT =
      Sql.of("quotas.mend_project", OF_PROJECT + DRIFT + MENDED + SHOWN);

  private DriftSql() {}
}
