package io.waybill.agent.upload;

import io.waybill.wire.ErrorBody;

/**
 * What a refusal of the server means for an upload. Only what no repetition and no person can mend
 * ends one; rights, devices, quotas and restored databases come and go.
 */
enum Finality {
  /** This very request will never be carried out. */
  OVER,
  /** The session is not what we thought. */
  IN_DOUBT,
  /** Parts that we think stored are not; the answer names them. */
  PARTS_LOST,
  /** It may be otherwise later. */
  NOT_NOW;

  static Finality of(ErrorBody error) {
    return of(error.code());
  }

  static Finality of(String code) {
    return switch (code) {
      case "upload.missing_parts", "upload.part_size_mismatch" -> PARTS_LOST;
      case "upload.invalid_state",
          "upload.expired",
          "upload.parts_changed",
          "upload.completion_in_progress",
          "upload.abort_in_progress",
          "storage.upload_missing" ->
          IN_DOUBT;
      case "request.malformed",
          "request.validation_failed",
          "request.too_large",
          "request.unsupported_media_type",
          "idempotency.key_reused_with_different_request" ->
          OVER;
      default -> code.startsWith("upload.") || code.startsWith("metadata.") ? OVER : NOT_NOW;
    };
  }
}
