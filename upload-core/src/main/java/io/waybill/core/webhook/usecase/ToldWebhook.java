package io.waybill.core.webhook.usecase;

import io.waybill.core.webhook.WebhookAnswer;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint that was made or changed.
 *
 * @param secret a new one, told this once; null when there is none, and when the call is a repeated
 *     one
 */
public record ToldWebhook(WebhookAnswer webhookEndpoint, @Nullable String secret) {

  ToldWebhook withoutSecret() {
    return new ToldWebhook(webhookEndpoint, null);
  }

  /** Never the secret. */
  @Override
  public String toString() {
    return "ToldWebhook[" + webhookEndpoint + "]";
  }
}
