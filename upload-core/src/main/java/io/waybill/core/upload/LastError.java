package io.waybill.core.upload;

import io.waybill.core.ErrorCode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Why an upload stands where it stands.
 *
 * @param code wire form of an {@link io.waybill.core.ErrorCode}
 */
public record LastError(String code, String message, Instant occurredAt) {

  public LastError(ErrorCode code, String message, Instant occurredAt) {
    this(code.code(), message, occurredAt);
  }

  /** Whether storage had forgotten the upload: nothing to abort, and perhaps it will be found. */
  public boolean isUploadMissing() {
    return code.equals(ErrorCode.STORAGE_UPLOAD_MISSING.code());
  }

  /** Why a part must be sent again; null when it need not. */
  public static @Nullable LastError of(PartPlan plan, UploadPart part) {
    int number = part.partNumber();
    if (part.isUploaded()) {
      return null;
    }
    return plan.has(number)
        ? new LastError(
            ErrorCode.UPLOAD_PART_SIZE_MISMATCH,
            "storage has %d bytes where %d are planned; send it again"
                .formatted(part.sizeBytes(), plan.sizeOf(number)),
            part.uploadedAt())
        : new LastError(
            "upload.part_out_of_range",
            "the upload has no part beyond " + plan.partCount(),
            part.uploadedAt());
  }

  /** Why a session will not come to its end by itself; null while it may. */
  public static @Nullable LastError of(Session session) {
    if (session instanceof Session.Expired expired) {
      return new LastError(
          ErrorCode.UPLOAD_EXPIRED.code(),
          "the session's life is over",
          expired.upload().expiresAt());
    }
    return session instanceof Session.Failed failed ? failed.error() : null;
  }
}
