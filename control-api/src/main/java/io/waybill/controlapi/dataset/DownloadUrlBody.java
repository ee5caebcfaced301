package io.waybill.controlapi.dataset;

import io.waybill.wire.JsonDocument;
import io.waybill.wire.Parsed;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST …/download-url}. It may be left out.
 *
 * @param purpose for the audit
 */
record DownloadUrlBody(@Nullable Long expiresInSeconds, @Nullable String purpose) {

  static Parsed<DownloadUrlBody> read(byte[] body) {
    return JsonDocument.readOptional(
        body, f -> new DownloadUrlBody(f.number("expires_in_seconds"), f.said("purpose")));
  }
}
