package io.waybill.postgres;

import io.waybill.core.upload.TaskStore.Query;
import java.time.Instant;

/** Pages of {@code upload_tasks}, newest first. */
final class TaskLists {
  private static final String FILTERS =
      """
      tenant_id = :tenant and project_id = :project
        and (:device::uuid is null or source_device_id = :device)
        and (:device_code::text is null or source_device_code = :device_code)
        and (:after::timestamptz is null or created_at > :after)
        and (:from_id::uuid is null or id >= :from_id) and (:before::uuid is null or id < :before) and id <> all(:except::uuid[])
      """;

  private static final String OF_DEVICES =
      "(:only_devices::uuid[] = '{}' or source_device_id = any(:only_devices::uuid[]))";

  private static final Sql LIST =
      Sql.of(
          "tasks.list",
          """
          select {tasks_in_full}
          where t.id in (select id from upload_tasks where {filters} and {of_devices} order by id desc limit :limit)
          order by t.id desc, o.ordinal
          """
              .replace("{tasks_in_full}", TaskRows.SELECT)
              .replace("{filters}", FILTERS)
              .replace("{of_devices}", OF_DEVICES));

  // The newest of each device, and of these the newest: how many rows of others lie between them is
  // nothing that the planner knows.
  private static final Sql LIST_OF_DEVICES =
      Sql.of(
          "tasks.list_of_devices",
          """
          select {tasks_in_full}
          where t.id in (
            select x.id from unnest(:only_devices::uuid[]) v(device) cross join lateral (
              select id from upload_tasks where source_device_id = v.device and {filters}
              order by id desc limit :limit) x
            order by x.id desc limit :limit)
          order by t.id desc, o.ordinal
          """
              .replace("{tasks_in_full}", TaskRows.SELECT)
              .replace("{filters}", FILTERS));

  // What a worker has yet to mark as expired is counted as if it had: those tasks have another
  // status than their row, in which at least one object has failed.
  private static final Sql LIST_IN_STATUS =
      Sql.of(
          "tasks.list_in_status",
          """
          with late as materialized (
            select o.task_id, count(*) filter (where o.status = 'UPLOADING') as uploading,
              count(*) filter (where o.status = 'PAUSED') as paused,
              count(*) filter (where o.status = 'PENDING') as pending
            from upload_sessions s join upload_objects o on o.session_id = s.id
            where s.tenant_id = :tenant and s.project_id = :project
              and s.status in ('INITIATED', 'UPLOADING', 'PAUSED') and s.expires_at <= :now
            group by o.task_id
          ), overdue as materialized (
            select t.id, t.tenant_id, t.project_id, t.source_device_id, t.source_device_code, t.created_at, case
              when t.uploading_count > l.uploading or t.completing_count > 0 then 'PROCESSING'::task_status
              when t.paused_count > l.paused then 'PAUSED'::task_status
              when t.pending_count > l.pending then 'PROCESSING'::task_status
              else 'FAILED'::task_status end as status
            from late l join upload_tasks t on t.id = l.task_id
          )
          select {tasks_in_full}
          where t.id in (
            select id from (
              (select id from upload_tasks
                where status = :status::task_status and id not in (select id from overdue) and {filters}
                  and {of_devices}
                order by id desc limit :limit)
              union all
              select id from overdue where status = :status::task_status and {filters} and {of_devices}) as found
            order by id desc limit :limit)
          order by t.id desc, o.ordinal
          """
              .replace("{tasks_in_full}", TaskRows.SELECT)
              .replace("{filters}", FILTERS)
              .replace("{of_devices}", OF_DEVICES));

  private TaskLists() {}

  static Sql.Call of(Query query, Instant now) {
    Sql all = query.onlyDevices().isEmpty() ? LIST : LIST_OF_DEVICES;
    Sql.Call call =
        query.status() == null
            ? all.call()
            : LIST_IN_STATUS.with("status", query.status()).with("now", now);
    return call.with("tenant", query.tenantId())
        .with("project", query.projectId())
        .with("device", query.sourceDeviceId())
        .with("device_code", query.sourceDeviceCode())
        .with("after", query.createdAfter())
        .with("from_id", TimedIds.madeFrom(query.createdAfter()))
        .with("before", query.before())
        .with("except", Sql.array(query.except()))
        .with("only_devices", Sql.array(query.onlyDevices()))
        .with("limit", query.limit());
  }
}
