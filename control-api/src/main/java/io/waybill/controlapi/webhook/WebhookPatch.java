package io.waybill.controlapi.webhook;

import io.waybill.core.webhook.WebhookStatus;
import io.waybill.core.webhook.usecase.ChangeWebhookEndpoint.Rotation;
import io.waybill.wire.FieldError;
import io.waybill.wire.JsonDocument;
import io.waybill.wire.JsonObjectReader;
import io.waybill.wire.Parsed;
import io.waybill.wire.WireLimits;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The body of {@code PATCH /v1/webhook-endpoints/{id}}: what is absent stays as it is. */
record WebhookPatch(
    @Nullable String url,
    @Nullable String description,
    @Nullable List<String> eventTypes,
    @Nullable WebhookStatus status,
    @Nullable Rotation rotation,
    @Nullable Long version) {

  private static final int URL_CHARS = 2048;

  static Parsed<WebhookPatch> read(byte[] body) {
    return JsonDocument.readOptional(
        body,
        f ->
            new WebhookPatch(
                f.text("url", URL_CHARS),
                f.text("description", WireLimits.TEXT_CHARS),
                f.texts("event_types", WireLimits.TEXT_CHARS),
                f.oneOf("status", WebhookStatus.values()),
                rotation(f),
                f.number("version")));
  }

  private static @Nullable Rotation rotation(JsonObjectReader f) {
    Boolean isWanted = f.flag("rotate_secret");
    Long overlapSeconds = f.number("overlap_seconds");
    if (isWanted == null || !isWanted) {
      if (overlapSeconds != null) {
        f.wrong("overlap_seconds", FieldError.INVALID, "goes with \"rotate_secret\": true only");
      }
      return null;
    }
    return new Rotation(overlapSeconds);
  }
}
