package io.waybill.gateway;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** The way back to the broker. */
@FunctionalInterface
interface Egress {

  /**
   * Publishes one message at least once, not retained, as {@code application/json}.
   *
   * @return done when the broker has it, or has refused it, which is logged; never exceptionally.
   *     While the broker is away it is not done
   */
  CompletableFuture<@Nullable Void> publish(OutgoingMessage message);

  /** Waits until the broker has it; false when this thread is told to end. */
  static boolean isHandedOver(CompletableFuture<@Nullable Void> publication) {
    try {
      publication.get();
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException("a publication is never exceptional", e);
    }
  }
}
