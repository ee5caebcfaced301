package io.waybill.core.delivery.usecase;

import io.waybill.core.delivery.Delivery;
import io.waybill.core.delivery.DeliveryStatus;
import io.waybill.core.delivery.Sink;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a delivery is after a try. */
final class Tries {

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
  private static final Duration AWAY_PAUSE = Duration.ofSeconds(5);
  private static final int ERROR_CHARS = 500;

  private Tries() {}

  /** The delivery as it is from now on. */
  static Delivery after(Delivery tried, Sink.Outcome outcome, Instant now) {
    return switch (outcome) {
      case Sink.Delivered() -> as(tried, DeliveryStatus.DELIVERED, tried.attempts(), now, null);
      case Sink.Refused(String why) -> {
        boolean isDead = tried.attempts() >= Delivery.MOST_ATTEMPTS;
        yield as(
            tried,
            isDead ? DeliveryStatus.DEAD_LETTERED : DeliveryStatus.PENDING,
            tried.attempts(),
            isDead ? now : now.plus(jittered(pause(tried.attempts()), tried.deliveryId(), tried)),
            why);
      }
      case Sink.Hopeless(String why) ->
          as(tried, DeliveryStatus.DEAD_LETTERED, tried.attempts(), now, why);
      case Sink.Unreachable(String why) ->
          as(
              tried,
              DeliveryStatus.PENDING,
              tried.attempts() - 1,
              now.plus(jittered(AWAY_PAUSE, tried.deliveryId(), tried)),
              why);
    };
  }

  private static Delivery as(
      Delivery tried, DeliveryStatus status, int attempts, Instant at, @Nullable String why) {
    boolean isDelivered = status == DeliveryStatus.DELIVERED;
    return new Delivery(
        tried.deliveryId(),
        tried.sink(),
        tried.endpoint(),
        tried.event(),
        status,
        attempts,
        tried.claim(),
        at,
        isDelivered ? at : null,
        why == null ? null : why.substring(0, Math.min(why.length(), ERROR_CHARS)));
  }

  /** A second, then twice as long each time, an hour at most. */
  static Duration pause(int attempts) {
    Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(attempts - 1, 12));
    return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
  }

  /** Between three and five quarters of it, so that what failed together is not tried together. */
  private static Duration jittered(Duration pause, UUID id, Delivery tried) {
    int hash = id.hashCode() * 31 + (int) tried.claim();
    return pause.multipliedBy(750 + Math.floorMod(hash * 0x9E3779B9, 501)).dividedBy(1000);
  }
}
