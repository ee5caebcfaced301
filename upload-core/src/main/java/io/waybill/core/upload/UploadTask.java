package io.waybill.core.upload;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One job that a person or a device sees: 1 to 100 files. */
public record UploadTask(
    UUID taskId,
    UUID tenantId,
    UUID projectId,
    @Nullable String taskName,
    String taskInitiator,
    @Nullable UUID sourceDeviceId,
    @Nullable String sourceDeviceCode,
    TaskStatus status,
    Map<String, Object> metadata,
    Instant createdAt,
    Instant updatedAt,
    List<TaskObject> objects) {

  public UploadTask {
    metadata = Map.copyOf(metadata);
    objects = List.copyOf(objects);
  }

  /** The same task of these objects. */
  public UploadTask of(List<TaskObject> others) {
    return changed(status, others, updatedAt);
  }

  /** The same task after a change to its objects. */
  public UploadTask changed(TaskStatus now, List<TaskObject> others, Instant at) {
    return new UploadTask(
        taskId,
        tenantId,
        projectId,
        taskName,
        taskInitiator,
        sourceDeviceId,
        sourceDeviceCode,
        now,
        metadata,
        createdAt,
        at,
        others);
  }
}
