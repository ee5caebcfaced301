package io.waybill.postgres;

import io.waybill.core.upload.ObjectStatus;
import io.waybill.core.upload.Progress;
import io.waybill.core.upload.TaskObject;
import io.waybill.core.upload.TaskStatus;
import io.waybill.core.upload.TaskStore.TaskProgress;
import io.waybill.core.upload.UploadTask;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Tasks as rows: one per object, with the object's session and its progress. */
final class TaskRows {
  /** Columns and joins of tasks in full; the caller says which and in what order. */
  static final String SELECT =
      """
      t.id as t_id, t.tenant_id as t_tenant_id, t.project_id as t_project_id, t.task_name as t_name,
        t.task_initiator as t_initiator, t.source_device_id as t_device_id, t.source_device_code as t_device_code,
        t.status as t_status, t.metadata as t_metadata, t.created_at as t_created_at, t.updated_at as t_updated_at,
        o.id as o_id, o.dataset_id as o_dataset_id, o.dataset_name as o_dataset_name, o.object_name as o_name,
        o.content_type as o_content_type, o.status as o_status, o.retry_count as o_retry_count,
        o.checksum_sha256 as o_checksum_sha256, o.metadata as o_metadata,
        {session}, {progress}
      from upload_tasks t
      join upload_objects o on o.task_id = t.id
      join upload_sessions s on s.id = o.session_id
      {parts_of_s}\
      """
          .replace("{session}", SessionColumns.SELECT)
          .replace("{progress}", PostgresSessionStore.PROGRESS_COLUMNS)
          .replace("{parts_of_s}", PostgresSessionStore.PARTS_OF_S);

  /** One row: its task without objects, one object, the object's progress. */
  record TaskRow(UploadTask task, TaskObject object, Progress progress) {}

  private TaskRows() {}

  static TaskRow row(Row row) {
    return new TaskRow(task(row.of("t_")), object(row), PostgresSessionStore.progressOf(row));
  }

  /** Puts the rows of each task together, in their order. */
  static List<TaskProgress> tasks(List<TaskRow> rows) {
    Map<UUID, List<TaskRow>> byTask = new LinkedHashMap<>();
    rows.forEach(
        row -> byTask.computeIfAbsent(row.task().taskId(), id -> new ArrayList<>()).add(row));
    return byTask.values().stream().map(TaskRows::whole).toList();
  }

  private static TaskProgress whole(List<TaskRow> rows) {
    UploadTask task = rows.getFirst().task();
    return new TaskProgress(
        task.of(rows.stream().map(TaskRow::object).toList()),
        rows.stream().map(TaskRow::progress).toList());
  }

  private static UploadTask task(Row row) {
    return new UploadTask(
        row.id("id"),
        row.id("tenant_id"),
        row.id("project_id"),
        row.textOrNull("name"),
        row.text("initiator"),
        row.idOrNull("device_id"),
        row.textOrNull("device_code"),
        row.symbol("status", TaskStatus.class),
        row.map("metadata"),
        row.time("created_at"),
        row.time("updated_at"),
        List.of());
  }

  private static TaskObject object(Row joined) {
    Row row = joined.of("o_");
    return new TaskObject(
        row.id("id"),
        row.id("dataset_id"),
        joined.id("s_id"),
        row.text("dataset_name"),
        row.text("name"),
        row.text("content_type"),
        row.symbol("status", ObjectStatus.class),
        row.count("retry_count"),
        row.textOrNull("checksum_sha256"),
        row.map("metadata"));
  }

  /** An object on its way in, with what its dataset takes from it. */
  static Map<String, @Nullable Object> row(int ordinal, TaskObject object, boolean isExisting) {
    Map<String, @Nullable Object> row = new LinkedHashMap<>();
    row.put("ordinal", ordinal);
    row.put("object_id", object.objectId());
    row.put("dataset_id", object.datasetId());
    row.put("session_id", object.sessionId());
    row.put("dataset_name", object.datasetName());
    row.put("object_name", object.objectName());
    row.put("content_type", object.contentType());
    row.put("checksum_sha256", object.checksumSha256());
    row.put("metadata", object.metadata());
    row.put("is_existing", isExisting);
    return row;
  }
}
