package io.waybill.core.webhook;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an endpoint's messages are signed with, each secret sealed as a {@link SecretBox} has sealed
 * it.
 *
 * @param previous the one before, while it is valid still; null when there is none
 * @param previousUntil when that ends; null exactly when there is none
 */
public record WebhookSecrets(
    String current, @Nullable String previous, @Nullable Instant previousUntil) {

  public WebhookSecrets {
    if ((previous == null) != (previousUntil == null)) {
      throw new IllegalArgumentException("a secret before ends at some time");
    }
  }

  /** One alone. */
  public static WebhookSecrets of(String sealed) {
    return new WebhookSecrets(sealed, null, null);
  }

  /** With a new one; the one of now is valid until then. */
  public WebhookSecrets rotated(String sealed, Instant now, Instant until) {
    return until.isAfter(now) ? new WebhookSecrets(sealed, current, until) : of(sealed);
  }

  /** Those that are valid, the newest first. */
  public List<String> validAt(Instant now) {
    return previous != null && previousUntil != null && previousUntil.isAfter(now)
        ? List.of(current, previous)
        : List.of(current);
  }
}
