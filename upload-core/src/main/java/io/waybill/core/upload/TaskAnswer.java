package io.waybill.core.upload;

import io.waybill.core.diagnosis.Diagnosis;
import io.waybill.core.storage.ChecksumAlgorithm;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A task and how far it is, as reads show it.
 *
 * @param diagnosis that of the first object that stands still; null where none does, and in lists
 */
public record TaskAnswer(
    UUID taskId,
    UUID projectId,
    @Nullable String taskName,
    String taskInitiator,
    @Nullable UUID sourceDeviceId,
    @Nullable String sourceDeviceCode,
    TaskStatus status,
    int objectCount,
    int completedObjectCount,
    int failedObjectCount,
    long totalSizeBytes,
    long uploadedSizeBytes,
    Map<String, Object> metadata,
    Instant createdAt,
    Instant updatedAt,
    @Nullable Diagnosis diagnosis,
    List<TaskObjectAnswer> objects) {

  public TaskAnswer {
    metadata = Map.copyOf(metadata);
    objects = List.copyOf(objects);
  }

  /**
   * One file of a task and how far it is.
   *
   * @param instant storage copies it, or has copied it: nothing is sent
   * @param diagnosis why its session stands still; null where it does not, and in lists
   */
  public record TaskObjectAnswer(
      UUID objectId,
      UUID datasetId,
      UUID sessionId,
      ObjectStatus status,
      boolean instant,
      String objectName,
      String contentType,
      String bucket,
      String objectKey,
      long fileSizeBytes,
      long partSizeBytes,
      int partCount,
      @Nullable ChecksumAlgorithm checksumAlgorithm,
      int uploadedPartCount,
      long uploadedSizeBytes,
      int retryCount,
      Instant expiresAt,
      @Nullable LastError lastError,
      @Nullable Diagnosis diagnosis) {}

  /** Why an object stands still, as far as whoever answers has looked. */
  public interface Diagnosing {
    @Nullable Diagnosis of(Progress progress);
  }

  /**
   * A task with its progress.
   *
   * @param progress one per object, in the same order
   */
  public static TaskAnswer of(UploadTask task, List<Progress> progress, Instant now) {
    return of(task, progress, now, object -> null);
  }

  /** The same, with why each object stands still. */
  public static TaskAnswer of(
      UploadTask task, List<Progress> progress, Instant now, Diagnosing diagnosing) {
    List<TaskObjectAnswer> objects = new ArrayList<>();
    for (int i = 0; i < progress.size(); i++) {
      Progress one = progress.get(i);
      objects.add(of(task.objects().get(i), one, now, diagnosing.of(one)));
    }
    List<ObjectStatus> statuses = objects.stream().map(TaskObjectAnswer::status).toList();
    return new TaskAnswer(
        task.taskId(),
        task.projectId(),
        task.taskName(),
        task.taskInitiator(),
        task.sourceDeviceId(),
        task.sourceDeviceCode(),
        TaskStatus.of(statuses),
        objects.size(),
        (int) statuses.stream().filter(ObjectStatus::countsAsCompleted).count(),
        (int) statuses.stream().filter(s -> s == ObjectStatus.FAILED).count(),
        objects.stream().mapToLong(TaskObjectAnswer::fileSizeBytes).sum(),
        objects.stream().mapToLong(TaskObjectAnswer::uploadedSizeBytes).sum(),
        task.metadata(),
        task.createdAt(),
        task.updatedAt(),
        firstOf(objects),
        objects);
  }

  private static @Nullable Diagnosis firstOf(List<TaskObjectAnswer> objects) {
    return objects.stream()
        .map(TaskObjectAnswer::diagnosis)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  /** The same task showing only these of its objects; its counts are those of all. */
  public TaskAnswer showing(List<TaskObjectAnswer> shown) {
    return new TaskAnswer(
        taskId,
        projectId,
        taskName,
        taskInitiator,
        sourceDeviceId,
        sourceDeviceCode,
        status,
        objectCount,
        completedObjectCount,
        failedObjectCount,
        totalSizeBytes,
        uploadedSizeBytes,
        metadata,
        createdAt,
        updatedAt,
        firstOf(shown),
        shown);
  }

  private static TaskObjectAnswer of(
      TaskObject object, Progress progress, Instant now, @Nullable Diagnosis diagnosis) {
    Session session = progress.session().asOf(now);
    Upload upload = session.upload();
    PartPlan plan = upload.plan();
    boolean done = session instanceof Session.Completed;
    return new TaskObjectAnswer(
        object.objectId(),
        object.datasetId(),
        upload.sessionId(),
        ObjectStatus.of(session),
        InstantUpload.is(session),
        object.objectName(),
        object.contentType(),
        upload.location().bucket(),
        upload.location().key(),
        plan.fileSizeBytes(),
        plan.partSizeBytes(),
        plan.partCount(),
        upload.protection().checksum().algorithm(),
        done ? plan.partCount() : progress.uploadedPartCount(),
        done ? plan.fileSizeBytes() : progress.uploadedBytes(),
        object.retryCount(),
        upload.expiresAt(),
        LastError.of(session),
        diagnosis);
  }
}
