package io.waybill.core.upload;

import io.waybill.core.diagnosis.Diagnosis;
import io.waybill.core.storage.ChecksumAlgorithm;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A session as both transports show it.
 *
 * @param checksumAlgorithm of the sums that must be told with each request for URLs; null where
 *     there are none
 * @param instant storage copies it, or has copied it: nothing is sent
 * @param diagnosis why it stands still; null while it does not
 */
public record SessionAnswer(
    UUID sessionId,
    UUID projectId,
    UUID datasetId,
    UUID taskId,
    UUID objectId,
    SessionStatus status,
    boolean instant,
    String bucket,
    String objectKey,
    String originalFilename,
    long fileSizeBytes,
    long partSizeBytes,
    int partCount,
    int uploadedPartCount,
    int missingPartCount,
    @Nullable ChecksumAlgorithm checksumAlgorithm,
    @Nullable Instant pausedAt,
    @Nullable String pauseReason,
    Instant expiresAt,
    long expiresInSeconds,
    Instant createdAt,
    Instant updatedAt,
    @Nullable LastError lastError,
    @Nullable Diagnosis diagnosis)
    implements Perishable {

  /** Without its diagnosis: what is left is what a small machine works with. */
  @Override
  public SessionAnswer shortened() {
    return with(null);
  }

  public static SessionAnswer of(Progress progress, @Nullable Diagnosis diagnosis, Instant now) {
    Session session = progress.session().asOf(now);
    Upload upload = progress.session().upload();
    Owner owner = upload.owner();
    int partCount = upload.plan().partCount();
    int uploaded = session instanceof Session.Completed ? partCount : progress.uploadedPartCount();
    Session.@Nullable Paused paused = session instanceof Session.Paused p ? p : null;
    return new SessionAnswer(
        upload.sessionId(),
        owner.projectId(),
        owner.datasetId(),
        owner.taskId(),
        owner.objectId(),
        session.status(),
        InstantUpload.is(session),
        upload.location().bucket(),
        upload.location().key(),
        upload.originalFilename(),
        upload.plan().fileSizeBytes(),
        upload.plan().partSizeBytes(),
        partCount,
        uploaded,
        partCount - uploaded,
        upload.protection().checksum().algorithm(),
        paused == null ? null : paused.pausedAt(),
        paused == null ? null : paused.reason(),
        upload.expiresAt(),
        Math.max(0, upload.expiresAt().getEpochSecond() - now.getEpochSecond()),
        upload.createdAt(),
        upload.updatedAt(),
        LastError.of(session),
        diagnosis);
  }

  private SessionAnswer with(@Nullable Diagnosis other) {
    return new SessionAnswer(
        sessionId,
        projectId,
        datasetId,
        taskId,
        objectId,
        status,
        instant,
        bucket,
        objectKey,
        originalFilename,
        fileSizeBytes,
        partSizeBytes,
        partCount,
        uploadedPartCount,
        missingPartCount,
        checksumAlgorithm,
        pausedAt,
        pauseReason,
        expiresAt,
        expiresInSeconds,
        createdAt,
        updatedAt,
        lastError,
        other);
  }
}
