package io.waybill.core.upload;

import io.waybill.core.storage.ChecksumAlgorithm;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Answers that are remembered under an idempotency key. Component names are the contract's field
 * names; both transports write them as they are. No URL is ever in a remembered answer: {@code
 * presigned} is signed anew for every answer that leaves.
 */
public sealed interface Answer extends Perishable {

  /** {@code create_session}, {@code POST …/upload-tasks}. */
  record Task(
      UUID taskId,
      UUID projectId,
      TaskStatus status,
      int objectCount,
      long totalSizeBytes,
      Instant createdAt,
      List<TaskObject> objects)
      implements Answer {
    public Task {
      objects = List.copyOf(objects);
    }

    @Override
    public OptionalLong keepsForSeconds() {
      return objects.stream().flatMapToLong(object -> object.keepsForSeconds().stream()).min();
    }

    /** What may be remembered. */
    public Task withoutUrls() {
      return withObjects(objects.stream().map(object -> object.withPresigned(null)).toList());
    }

    public Task withObjects(List<TaskObject> others) {
      return new Task(taskId, projectId, status, objectCount, totalSizeBytes, createdAt, others);
    }
  }

  /**
   * One file of a task with its session; also the answer of {@code retry_object}.
   *
   * @param checksumAlgorithm of the sums that must be told with each request for URLs; null where
   *     there are none
   * @param instant storage copies it from a dataset that has the same bytes: there is nothing to
   *     send, unless its session is INITIATED after all
   */
  record TaskObject(
      UUID objectId,
      UUID datasetId,
      UUID sessionId,
      ObjectStatus status,
      boolean instant,
      String objectName,
      String bucket,
      String objectKey,
      long fileSizeBytes,
      long partSizeBytes,
      int partCount,
      @Nullable ChecksumAlgorithm checksumAlgorithm,
      Instant expiresAt,
      long expiresInSeconds,
      @Nullable LastError lastError,
      @Nullable PresignAnswer presigned)
      implements Answer {
    @Override
    public OptionalLong keepsForSeconds() {
      return presigned == null ? OptionalLong.empty() : presigned.keepsForSeconds();
    }

    public TaskObject withPresigned(@Nullable PresignAnswer urls) {
      return new TaskObject(
          objectId,
          datasetId,
          sessionId,
          status,
          instant,
          objectName,
          bucket,
          objectKey,
          fileSizeBytes,
          partSizeBytes,
          partCount,
          checksumAlgorithm,
          expiresAt,
          expiresInSeconds,
          lastError,
          urls);
    }
  }

  /** {@code pause_upload}. */
  record Paused(
      UUID sessionId, SessionStatus status, Instant pausedAt, @Nullable String pauseReason)
      implements Answer {}

  /** {@code resume_upload}. */
  record Resumed(UUID sessionId, SessionStatus status, Instant resumedAt) implements Answer {}

  /**
   * {@code complete_upload}.
   *
   * @param receipt a compact JWS; null where the installation signs none, and for who has no room
   *     for it
   * @param warnings parts whose reported ETag differs from storage's; storage wins
   */
  record Completed(
      UUID sessionId,
      SessionStatus status,
      String bucket,
      String objectKey,
      long objectSizeBytes,
      String etag,
      Instant completedAt,
      @Nullable String receipt,
      List<String> warnings)
      implements Answer {
    public Completed {
      warnings = List.copyOf(warnings);
    }

    @Override
    public Completed shortened() {
      return new Completed(
          sessionId,
          status,
          bucket,
          objectKey,
          objectSizeBytes,
          etag,
          completedAt,
          null,
          List.of());
    }
  }

  /** {@code abort_upload}. */
  record Aborted(UUID sessionId, SessionStatus status, Instant abortedAt) implements Answer {}

  /** {@code extend_upload}. */
  record Extended(UUID sessionId, SessionStatus status, Instant expiresAt, long expiresInSeconds)
      implements Answer {}
}
