package io.waybill.core.delivery;

import io.waybill.core.event.OutboxEvent;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One event on its way to one sink.
 *
 * @param endpoint which of the sink's endpoints is told; empty where it has none
 * @param attempts tries so far, the one under way included
 * @param claim how often it was claimed: whoever settles it says which claim was its own
 * @param nextAttemptAt when it may be claimed; while it is being tried, when that try's lease ends
 * @param lastError why the last try failed; null when none has
 */
public record Delivery(
    UUID deliveryId,
    String sink,
    String endpoint,
    OutboxEvent event,
    DeliveryStatus status,
    int attempts,
    long claim,
    Instant nextAttemptAt,
    @Nullable Instant deliveredAt,
    @Nullable String lastError) {

  /** After so many tries it is a dead letter. */
  public static final int MOST_ATTEMPTS = 12;
}
