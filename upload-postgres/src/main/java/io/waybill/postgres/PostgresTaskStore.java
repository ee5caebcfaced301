package io.waybill.postgres;

import io.waybill.core.dataset.LegalHold;
import io.waybill.core.event.Facts;
import io.waybill.core.upload.Session;
import io.waybill.core.upload.TaskObject;
import io.waybill.core.upload.TaskStore;
import io.waybill.core.upload.UploadTask;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code upload_tasks} and {@code upload_objects}, and the datasets that they make. */
final class PostgresTaskStore implements TaskStore {
  private final Db db;
  private final Written written;

  PostgresTaskStore(Db db, Written written) {
    this.db = db;
    this.written = written;
  }

  private static Sql sql(String name, String text) {
    return Sql.of(
        name,
        text.replace("{session_definitions}", SessionColumns.ALL_DEFINITIONS)
            .replace("{session_columns}", SessionColumns.ALL_NAMES)
            .replace("{tasks_in_full}", TaskRows.SELECT)
            .replace("{count}", TaskCounters.SET)
            .replace("{deltas}", TaskCounters.DELTAS)
            .replace("{facts}", FactRows.INSERTS));
  }

  private static final Sql CREATE =
      sql(
          "tasks.create",
          """
          with task as (
            insert into upload_tasks (id, tenant_id, project_id, task_name, task_initiator, source_device_id,
              source_device_code, object_count, pending_count, total_size_bytes, metadata, created_at, updated_at)
            values (:task, :tenant, :project, :name, :initiator, :device, :device_code, :count, :count, :total,
              :metadata, :now, :now)
          ), items as materialized (
            select * from jsonb_to_recordset(:objects) as i(ordinal integer, object_id uuid, dataset_id uuid,
              session_id uuid, dataset_name text, object_name text, content_type text, checksum_sha256 text,
              metadata jsonb, is_existing boolean)
          ), starts as materialized (
            select * from jsonb_to_recordset(:sessions) as s({session_definitions})
          ), datasets as (
            insert into datasets (id, tenant_id, project_id, name, status, original_filename, content_type,
              file_size_bytes, checksum_sha256, validation_status, endpoint_ref, bucket, object_key,
              source_device_id, source_device_code, metadata, legal_hold_at, legal_hold_reason, created_at, updated_at)
            select i.dataset_id, s.tenant_id, s.project_id, i.dataset_name, 'UPLOAD_PENDING', s.original_filename,
              i.content_type, s.file_size_bytes, i.checksum_sha256, :validation, s.endpoint_ref, s.bucket,
              s.object_key, :device, :device_code, i.metadata, case when s.legal_hold then s.created_at end,
              case when s.legal_hold then :held::text end, :now, :now
            from items i join starts s on s.id = i.session_id where not i.is_existing
          ), filled as (
            update datasets d set status = 'UPLOAD_PENDING', version = d.version + 1, updated_at = :now,
              original_filename = s.original_filename, content_type = i.content_type,
              file_size_bytes = s.file_size_bytes, checksum_sha256 = i.checksum_sha256,
              validation_status = :validation, endpoint_ref = s.endpoint_ref, bucket = s.bucket,
              object_key = s.object_key, object_size_bytes = null, object_etag = null, object_version_id = null,
              ready_at = null, source_device_id = :device, source_device_code = :device_code,
              metadata = case when i.metadata = '{}' then d.metadata else i.metadata end,
              legal_hold_at = case when s.legal_hold then coalesce(d.legal_hold_at, s.created_at) else d.legal_hold_at end,
              legal_hold_reason = case when s.legal_hold then coalesce(d.legal_hold_reason, :held::text)
                else d.legal_hold_reason end
            from items i join starts s on s.id = i.session_id where i.is_existing and d.id = i.dataset_id
          ), objects as (
            insert into upload_objects (id, tenant_id, task_id, ordinal, dataset_id, dataset_name, object_name,
              content_type, session_id, status, checksum_sha256, metadata)
            select i.object_id, :tenant, :task, i.ordinal, i.dataset_id, i.dataset_name, i.object_name,
              i.content_type, i.session_id, 'PENDING', i.checksum_sha256, i.metadata
            from items i
          ), sessions as (
            insert into upload_sessions (storage_policy_id, {session_columns})
            select :policy, {session_columns} from starts
          ), {facts}
          select 1
          """);

  @Override
  public void create(NewTask request) {
    UploadTask task = request.task();
    List<Map<String, @Nullable Object>> objects = new ArrayList<>();
    for (int i = 0; i < task.objects().size(); i++) {
      TaskObject object = task.objects().get(i);
      objects.add(TaskRows.row(i, object, request.existing().contains(object.datasetId())));
    }
    long total =
        request.sessions().stream().mapToLong(s -> s.upload().plan().fileSizeBytes()).sum();
    Sql.Call call =
        CREATE
            .with("task", task.taskId())
            .with("tenant", task.tenantId())
            .with("project", task.projectId())
            .with("name", task.taskName())
            .with("initiator", task.taskInitiator())
            .with("device", task.sourceDeviceId())
            .with("device_code", task.sourceDeviceCode())
            .with("count", objects.size())
            .with("total", total)
            .with("metadata", Json.write(task.metadata()))
            .with("now", task.createdAt())
            .with("held", LegalHold.ofPolicy(task.createdAt()).reason())
            .with("policy", request.storagePolicyId())
            .with("validation", request.validationRequired() ? "PENDING" : "NOT_REQUIRED")
            .with("objects", Json.write(objects))
            .with(
                "sessions", Json.write(request.sessions().stream().map(SessionRows::all).toList()));
    db.one(FactRows.of(request.facts()).bind(call), row -> row);
    written.add(request.facts());
  }

  private static final Sql FIND =
      sql(
          "tasks.find",
          """
          select {tasks_in_full}
          where t.id = :id and t.tenant_id = :tenant and t.project_id = :project
          order by o.ordinal
          """);

  @Override
  public Optional<TaskProgress> find(UUID tenantId, UUID projectId, UUID taskId) {
    return TaskRows.tasks(
            db.all(
                FIND.with("id", taskId).with("tenant", tenantId).with("project", projectId),
                TaskRows::row))
        .stream()
        .findFirst();
  }

  @Override
  public List<TaskProgress> list(Query query, Instant now) {
    return TaskRows.tasks(db.all(TaskLists.of(query, now), TaskRows::row));
  }

  private static final Sql CURRENT_SESSION =
      sql(
          "tasks.current_session",
          """
          select o.session_id from upload_objects o
          where o.id = :object and o.tenant_id = :tenant and o.task_id = :task
          """);

  private static final Sql LOCK_SESSION =
      sql("tasks.lock_session", "select id from upload_sessions where id = :session for update");

  private static final Sql LOCK_OBJECT =
      sql(
          "tasks.lock_object",
          """
          select t.project_id from upload_objects o join upload_tasks t on t.id = o.task_id
          where o.id = :object and o.session_id = :session
          for update of o
          """);

  // The session first, as everywhere. Only who holds the current session's lock gives the object
  // another one: an object that is still at this session stays there. Each statement sees what the
  // holder of a lock before us has committed.
  @Override
  public Optional<TaskProgress> lockObject(UUID tenantId, UUID taskId, UUID objectId) {
    Sql.Call current =
        CURRENT_SESSION.with("object", objectId).with("tenant", tenantId).with("task", taskId);
    while (true) {
      Optional<UUID> session = db.one(current, row -> row.id("session_id"));
      if (session.isEmpty()) {
        return Optional.empty();
      }
      db.one(LOCK_SESSION.with("session", session.get()), row -> row.id("id"));
      Optional<UUID> project =
          db.one(
              LOCK_OBJECT.with("object", objectId).with("session", session.get()),
              row -> row.id("project_id"));
      if (project.isPresent()) {
        return find(tenantId, project.get(), taskId);
      }
    }
  }

  private static final Sql RETRY =
      sql(
          "tasks.retry",
          """
          with start as materialized (
            select * from jsonb_to_recordset(:sessions) as s({session_definitions})
          ), session as (
            insert into upload_sessions (storage_policy_id, {session_columns})
            select (select p.storage_policy_id from upload_sessions p where p.id = :previous), {session_columns}
            from start
          ), moved as (
            update upload_objects o set session_id = s.id, status = 'PENDING', retry_count = o.retry_count + 1
            from start s, upload_objects b where o.id = :object and b.id = o.id
            returning o.task_id, s.updated_at, b.status as object_before, o.status as object_after
          ), followed as (
            update datasets d set status = 'UPLOAD_PENDING', version = d.version + 1, updated_at = s.updated_at,
              original_filename = s.original_filename, content_type = s.content_type,
              file_size_bytes = s.file_size_bytes, endpoint_ref = s.endpoint_ref, bucket = s.bucket,
              object_key = s.object_key, object_size_bytes = null, object_etag = null, object_version_id = null,
              ready_at = null,
              validation_status = case d.validation_status when 'NOT_REQUIRED' then d.validation_status
                else 'PENDING' end
            from start s where d.id = s.dataset_id
          ), counted as (
            update upload_tasks t set {count}
            from (select w.task_id, max(w.updated_at) as updated_at, {deltas} from moved w group by w.task_id) c
            where t.id = c.task_id
          ), {facts}
          select 1
          """);

  @Override
  public void retry(UUID objectId, Session previous, Session.Initiating next, Facts facts) {
    db.one(
        FactRows.of(facts)
            .bind(
                RETRY
                    .with("object", objectId)
                    .with("previous", previous.upload().sessionId())
                    .with("sessions", Json.write(List.of(SessionRows.all(next))))),
        row -> row);
    written.add(facts);
  }
}
