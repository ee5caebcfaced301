package io.waybill.gateway;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The way back to the broker. */
@FunctionalInterface
public interface Egress {

  /**
   * Publishes one message at least once, not retained.
   *
   * @return done when the broker has it, or has refused it, which is logged; never exceptionally.
   *     While the broker is away it is not done
   */
  CompletableFuture<@Nullable Void> publish(OutgoingMessage message);
}
