package io.waybill.core.webhook;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A webhook endpoint as it is answered, and remembered under an idempotency key: never its secrets.
 *
 * @param previousSecretExpiresAt until when messages are signed with the secret before, too; null
 *     when they are not
 */
public record WebhookAnswer(
    UUID webhookEndpointId,
    String url,
    @Nullable String description,
    List<String> eventTypes,
    WebhookStatus status,
    @Nullable Instant previousSecretExpiresAt,
    long version,
    Instant createdAt,
    Instant updatedAt) {

  public WebhookAnswer {
    eventTypes = List.copyOf(eventTypes);
  }

  /** As it is at this time. */
  public static WebhookAnswer of(WebhookEndpoint one, Instant now) {
    boolean isRotating = one.secrets().validAt(now).size() > 1;
    return new WebhookAnswer(
        one.webhookEndpointId(),
        one.url(),
        one.description(),
        one.eventTypes(),
        one.status(),
        isRotating ? one.secrets().previousUntil() : null,
        one.version(),
        one.createdAt(),
        one.updatedAt());
  }
}
