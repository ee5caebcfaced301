package io.waybill.gateway;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The way back to the broker. */
@FunctionalInterface
interface Egress {

  /**
   * Publishes one answer at least once, not retained, as {@code application/json}.
   *
   * @return done when the broker has it, or has refused it, which is logged; never exceptionally.
   *     While the broker is away it is not done
   */
  CompletableFuture<@Nullable Void> publish(Answer answer);

  /** One answer, ready to go. */
  @SuppressWarnings("ArrayRecordComponent") // bytes on their way out, never compared
  record Answer(String topic, byte[] payload, byte @Nullable [] correlationData, Duration life) {}
}
