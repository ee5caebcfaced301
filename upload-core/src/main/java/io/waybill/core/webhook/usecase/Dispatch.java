package io.waybill.core.webhook.usecase;

import io.waybill.core.event.OutboxEvent;
import io.waybill.core.webhook.Courier;
import io.waybill.core.webhook.WebhookEndpoint;
import io.waybill.core.webhook.WebhookParts;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** Sends one event to one endpoint, under its secrets. */
final class Dispatch {

  private final WebhookParts parts;
  private final InstantSource time;

  Dispatch(WebhookParts parts, InstantSource time) {
    this.parts = parts;
    this.time = time;
  }

  Courier.Reply send(WebhookEndpoint endpoint, OutboxEvent event) {
    Instant now = time.instant();
    List<byte[]> secrets;
    try {
      secrets =
          endpoint.secrets().validAt(now).stream()
              .map(sealed -> parts.secretBox().open(endpoint.webhookEndpointId(), sealed))
              .toList();
    } catch (IllegalStateException e) {
      return new Courier.Reply(
          null, 0, "its secret was sealed with a key that this process has not");
    }
    return parts.courier().bring(new Courier.Parcel(endpoint.url(), event, secrets, now));
  }
}
