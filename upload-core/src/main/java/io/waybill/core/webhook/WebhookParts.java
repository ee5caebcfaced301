package io.waybill.core.webhook;

import java.util.Optional;
import java.util.UUID;

/** What webhooks are made of, beside their rows. */
public record WebhookParts(Courier courier, SecretBox secretBox) {

  /** Where nobody can be told anything. */
  public static final WebhookParts NONE =
      new WebhookParts(
          new Courier() {
            @Override
            public Optional<String> objection(String url) {
              return Optional.of("webhooks are not set up here");
            }

            @Override
            public Reply bring(Parcel parcel) {
              return new Reply(null, 0, "webhooks are not set up here");
            }
          },
          new SecretBox() {
            @Override
            public String seal(UUID webhookEndpointId, byte[] secret) {
              throw new IllegalStateException("webhooks are not set up here");
            }

            @Override
            public byte[] open(UUID webhookEndpointId, String sealed) {
              throw new IllegalStateException("webhooks are not set up here");
            }
          });
}
