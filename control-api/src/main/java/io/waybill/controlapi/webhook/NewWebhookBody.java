package io.waybill.controlapi.webhook;

import io.waybill.wire.JsonDocument;
import io.waybill.wire.Parsed;
import io.waybill.wire.WireLimits;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The body of {@code POST /v1/webhook-endpoints}. */
record NewWebhookBody(String url, @Nullable String description, @Nullable List<String> eventTypes) {

  private static final int URL_CHARS = 2048;

  static Parsed<NewWebhookBody> read(byte[] body) {
    return JsonDocument.read(
        body,
        f ->
            new NewWebhookBody(
                f.requiredText("url", URL_CHARS),
                f.text("description", WireLimits.TEXT_CHARS),
                f.texts("event_types", WireLimits.TEXT_CHARS)));
  }
}
