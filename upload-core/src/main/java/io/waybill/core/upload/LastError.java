package io.waybill.core.upload;

import io.waybill.core.ErrorCode;
import java.time.Instant;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Why an upload, or a part of it, stands where it stands. */
public record LastError(Code code, String message, Instant occurredAt) {

  /** What an upload can stand still for. The wire form, kept in rows, too, never changes. */
  public enum Code {
    STORAGE_REFUSED(ErrorCode.STORAGE_REFUSED.code()),
    STORAGE_UPLOAD_MISSING(ErrorCode.STORAGE_UPLOAD_MISSING.code()),
    UPLOAD_EXPIRED(ErrorCode.UPLOAD_EXPIRED.code()),
    UPLOAD_PART_SIZE_MISMATCH(ErrorCode.UPLOAD_PART_SIZE_MISMATCH.code()),
    /** Of a part that storage has and the plan has not: no request is refused for it. */
    UPLOAD_PART_OUT_OF_RANGE("upload.part_out_of_range");

    private final String text;

    Code(String text) {
      this.text = text;
    }

    /** From its wire form. */
    public static Code of(String text) {
      return Stream.of(values())
          .filter(code -> code.text.equals(text))
          .findFirst()
          .orElseThrow(() -> new IllegalArgumentException("no upload stands for " + text));
    }

    /** The wire form. */
    @Override
    public String toString() {
      return text;
    }
  }

  /** Whether storage had forgotten the upload: nothing to abort, and perhaps it will be found. */
  public boolean isUploadMissing() {
    return code == Code.STORAGE_UPLOAD_MISSING;
  }

  /** Why a part must be sent again; null when it need not. */
  public static @Nullable LastError of(PartPlan plan, UploadPart part) {
    int number = part.partNumber();
    if (part.isUploaded()) {
      return null;
    }
    return plan.has(number)
        ? new LastError(
            Code.UPLOAD_PART_SIZE_MISMATCH, mismatch(plan.sizeOf(number), part), part.uploadedAt())
        : new LastError(
            Code.UPLOAD_PART_OUT_OF_RANGE,
            "the upload has no part beyond " + plan.partCount(),
            part.uploadedAt());
  }

  private static String mismatch(long planned, UploadPart part) {
    return part.sizeBytes() == planned
        ? "storage has it without the sum that its last URL was signed for; send it again"
        : "storage has %d bytes where %d are planned; send it again"
            .formatted(part.sizeBytes(), planned);
  }

  /** Why a session will not come to its end by itself; null while it may. */
  public static @Nullable LastError of(Session session) {
    if (session instanceof Session.Expired expired) {
      return new LastError(
          Code.UPLOAD_EXPIRED, "the session's life is over", expired.upload().expiresAt());
    }
    return session instanceof Session.Failed failed ? failed.error() : null;
  }
}
