package io.waybill.core.upload.usecase;

import io.waybill.core.ErrorCode;
import io.waybill.core.Refusal;
import io.waybill.core.upload.PartComparison;
import io.waybill.core.upload.Session;

/** Why the parts in storage do not make the object, and what mends that. */
final class CompletionRefusals {

  private static final long RETRY_AFTER_CHANGE_SECONDS = 2;

  private CompletionRefusals() {}

  static Refusal incomplete(Session.Completing mine, PartComparison comparison) {
    String sessionId = mine.upload().sessionId().toString();
    if (!comparison.wrong().isEmpty()) {
      return Refusal.of(
              ErrorCode.UPLOAD_PART_SIZE_MISMATCH,
              "storage has parts of another size than planned, or without the sum that they need;"
                  + " send them again")
          .with("session_id", sessionId)
          .with("part_numbers", PartComparison.named(comparison.wrong()));
    }
    return Refusal.of(
            ErrorCode.UPLOAD_MISSING_PARTS,
            "storage lacks %d parts; send them and complete again"
                .formatted(comparison.missing().size()))
        .with("session_id", sessionId)
        .with("missing_part_count", comparison.missing().size())
        .with("missing_part_numbers", PartComparison.named(comparison.missing()));
  }

  static Refusal partsChanged(Session.Completing mine, String storageCode) {
    String why =
        storageCode.startsWith("InvalidPart")
            ? "parts were sent again while storage was completing; complete again when none is on"
                + " its way"
            : "what storage has of the parts has another sum than was said; send them again";
    return Refusal.of(ErrorCode.UPLOAD_PARTS_CHANGED, why)
        .with("session_id", mine.upload().sessionId().toString())
        .with("storage_code", storageCode)
        .retryAfter(RETRY_AFTER_CHANGE_SECONDS);
  }

  static Refusal partTooSmall(Session.Completing mine, String storageCode) {
    return Refusal.of(
            ErrorCode.UPLOAD_PART_SIZE_MISMATCH,
            "storage takes no parts as small as this upload's; abort it and start one with a"
                + " larger part_size_bytes")
        .with("session_id", mine.upload().sessionId().toString())
        .with("storage_code", storageCode);
  }
}
