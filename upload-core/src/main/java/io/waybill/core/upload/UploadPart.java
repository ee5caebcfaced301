package io.waybill.core.upload;

import io.waybill.core.storage.StoredPart;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One part that a client acknowledged or storage listed.
 *
 * @param confirmed whether storage itself has said so
 * @param checksumSha256 lower-case hex, as the client reported it
 */
public record UploadPart(
    int partNumber,
    String etag,
    long sizeBytes,
    PartStatus status,
    boolean confirmed,
    @Nullable String checksumSha256,
    Instant uploadedAt) {

  /** A part of which the client says that storage took it. */
  public static UploadPart acknowledged(
      int partNumber, String etag, long sizeBytes, @Nullable String checksumSha256, Instant at) {
    return new UploadPart(
        partNumber, etag, sizeBytes, PartStatus.UPLOADED, false, checksumSha256, at);
  }

  /** A part as storage listed it, measured by the plan. */
  public static UploadPart listed(PartPlan plan, StoredPart part) {
    boolean fits =
        plan.has(part.partNumber()) && part.sizeBytes() == plan.sizeOf(part.partNumber());
    return new UploadPart(
        part.partNumber(),
        part.etag(),
        part.sizeBytes(),
        fits ? PartStatus.UPLOADED : PartStatus.FAILED,
        true,
        null,
        part.uploadedAt());
  }

  /** The same that must be sent again. */
  public UploadPart failed() {
    return new UploadPart(
        partNumber, etag, sizeBytes, PartStatus.FAILED, confirmed, checksumSha256, uploadedAt);
  }

  /** The same with a checksum that was reported for these very bytes. */
  public UploadPart withChecksum(@Nullable String sha256) {
    return new UploadPart(partNumber, etag, sizeBytes, status, confirmed, sha256, uploadedAt);
  }

  public boolean isUploaded() {
    return status == PartStatus.UPLOADED;
  }
}
