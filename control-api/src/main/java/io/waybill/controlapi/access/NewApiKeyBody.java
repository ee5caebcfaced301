package io.waybill.controlapi.access;

import io.waybill.wire.JsonDocument;
import io.waybill.wire.Parsed;
import io.waybill.wire.WireLimits;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The body of {@code POST /v1/api-keys}. */
record NewApiKeyBody(String name, @Nullable Long expiresInSeconds, @Nullable List<UUID> deviceIds) {

  static Parsed<NewApiKeyBody> read(byte[] body) {
    return JsonDocument.read(
        body,
        f ->
            new NewApiKeyBody(
                f.requiredText("name", WireLimits.TEXT_CHARS),
                f.number("expires_in_seconds"),
                f.uuids("device_ids")));
  }
}
