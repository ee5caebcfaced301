package io.waybill.postgres;

import io.waybill.core.dataset.Twin;
import io.waybill.core.storage.ObjectLocation;
import io.waybill.core.upload.LastError;
import io.waybill.core.upload.Lease;
import io.waybill.core.upload.Owner;
import io.waybill.core.upload.PartPlan;
import io.waybill.core.upload.Session;
import io.waybill.core.upload.SessionStatus;
import io.waybill.core.upload.Upload;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows of {@code upload_sessions}: from a row to a state and back. */
final class SessionRows {
  private SessionRows() {}

  /** Reads a session from a row selected by {@link SessionColumns#SELECT}. */
  static Session session(Row joined) {
    Row row = joined.of("s_");
    Upload upload = upload(row);
    return switch (row.symbol("status", SessionStatus.class)) {
      case INITIATING -> new Session.Initiating(upload, row.time("due_at"));
      case INITIATED, UPLOADING, PAUSED -> open(row.text("status"), upload, row);
      case COMPLETING ->
          new Session.Completing(
              upload,
              open(row.text("completing_from"), upload, row),
              new Lease(upload.attempt(), row.time("lease_until")));
      case COMPLETED ->
          new Session.Completed(
              upload,
              row.textOrNull("upload_id"),
              StoredObjectRows.checked(row),
              row.time("completed_at"),
              row.textOrNull("part_list_sha256"));
      case ABORTING ->
          new Session.Aborting(
              upload, row.textOrNull("upload_id"), row.text("abort_reason"), row.time("due_at"));
      case ABORTED ->
          new Session.Aborted(
              upload,
              row.textOrNull("upload_id"),
              row.text("abort_reason"),
              row.time("aborted_at"),
              row.timeOrNull("abort_again_at"));
      case EXPIRED -> new Session.Expired(upload, row.text("upload_id"));
      case FAILED ->
          new Session.Failed(
              upload,
              row.textOrNull("upload_id"),
              new LastError(
                  LastError.Code.of(row.text("last_error_code")),
                  row.text("last_error_message"),
                  row.time("last_error_at")),
              row.timeOrNull("abort_again_at"));
    };
  }

  private static Session.Open open(String status, Upload upload, Row row) {
    String uploadId = row.text("upload_id");
    return switch (status) {
      case "INITIATED" -> new Session.Initiated(upload, uploadId);
      case "UPLOADING" -> new Session.Uploading(upload, uploadId);
      default ->
          new Session.Paused(
              upload, uploadId, row.textOrNull("pause_reason"), row.time("paused_at"));
    };
  }

  private static Upload upload(Row row) {
    return new Upload(
        row.id("id"),
        new Owner(
            row.id("tenant_id"),
            row.id("project_id"),
            row.id("dataset_id"),
            row.id("task_id"),
            row.id("object_id"),
            row.idOrNull("source_device_id")),
        new ObjectLocation(row.text("endpoint_ref"), row.text("bucket"), row.text("object_key")),
        new PartPlan(row.number("file_size_bytes"), row.number("part_size_bytes")),
        row.text("original_filename"),
        row.text("content_type"),
        row.time("created_at"),
        row.time("updated_at"),
        row.time("expires_at"),
        row.count("attempt"),
        row.number("version"),
        row.timeOrNull("missing_since"),
        PolicyRows.protection(row, "legal_hold"),
        row.textOrNull("checksum_sha256"),
        row.isNull("copy_source") ? null : Json.read(row.text("copy_source"), Twin.class));
  }

  /** All columns of a new session. */
  static Map<String, @Nullable Object> all(Session session) {
    Upload upload = session.upload();
    Map<String, @Nullable Object> row = state(session);
    row.put("id", upload.sessionId());
    row.put("tenant_id", upload.owner().tenantId());
    row.put("project_id", upload.owner().projectId());
    row.put("dataset_id", upload.owner().datasetId());
    row.put("task_id", upload.owner().taskId());
    row.put("object_id", upload.owner().objectId());
    row.put("source_device_id", upload.owner().sourceDeviceId());
    row.put("endpoint_ref", upload.location().endpointRef());
    row.put("bucket", upload.location().bucket());
    row.put("object_key", upload.location().key());
    row.put("file_size_bytes", upload.plan().fileSizeBytes());
    row.put("part_size_bytes", upload.plan().partSizeBytes());
    row.put("original_filename", upload.originalFilename());
    row.put("content_type", upload.contentType());
    row.put("created_at", upload.createdAt());
    PolicyRows.put(row, upload.protection());
    row.put("copy_source", upload.twin());
    return row;
  }

  /** The columns that a move can change; those that the state does not have are null. */
  static Map<String, @Nullable Object> state(Session session) {
    Map<String, @Nullable Object> row = new LinkedHashMap<>();
    row.put("status", session.status());
    row.put("version", session.upload().version());
    row.put("attempt", session.upload().attempt());
    row.put("updated_at", session.upload().updatedAt());
    row.put("expires_at", session.upload().expiresAt());
    row.put("missing_since", session.upload().missingSince());
    row.put("checksum_sha256", session.upload().checksumSha256());
    session.dueAt().ifPresent(due -> row.put("due_at", due));
    switch (session) {
      case Session.Initiating initiating -> {}
      case Session.Open open -> putOpen(row, open);
      case Session.Completing completing -> {
        putOpen(row, completing.from());
        row.put("completing_from", completing.from().status());
        row.put("lease_until", completing.lease().until());
      }
      case Session.Completed completed -> {
        row.put("upload_id", completed.uploadId());
        StoredObjectRows.put(row, completed.object());
        row.put("completed_at", completed.completedAt());
        row.put("part_list_sha256", completed.partListSha256());
      }
      case Session.Aborting aborting -> {
        row.put("upload_id", aborting.uploadId());
        row.put("abort_reason", aborting.reason());
      }
      case Session.Aborted aborted -> {
        row.put("upload_id", aborted.uploadId());
        row.put("abort_reason", aborted.reason());
        row.put("aborted_at", aborted.abortedAt());
        row.put("abort_again_at", aborted.abortAgainAt());
      }
      case Session.Expired expired -> row.put("upload_id", expired.uploadId());
      case Session.Failed failed -> {
        row.put("upload_id", failed.uploadId());
        row.put("last_error_code", failed.error().code());
        row.put("last_error_message", failed.error().message());
        row.put("last_error_at", failed.error().occurredAt());
        row.put("abort_again_at", failed.abortAt());
      }
    }
    return row;
  }

  private static void putOpen(Map<String, @Nullable Object> row, Session.Open open) {
    row.put("upload_id", open.uploadId());
    if (open instanceof Session.Paused paused) {
      row.put("pause_reason", paused.reason());
      row.put("paused_at", paused.pausedAt());
    }
  }
}
