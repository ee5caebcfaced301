package io.waybill.agent.spool;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Why something does not move for now.
 *
 * @param reason in words, for the person who watches
 * @param nextTry by this machine's clock; null when it is not time that ends the waiting
 */
public record Waiting(String reason, @Nullable Instant nextTry) {

  /** Tried again by itself after a while. */
  public static Waiting in(String reason, Duration wait) {
    return new Waiting(reason, Instant.now().plus(wait).truncatedTo(ChronoUnit.MILLIS));
  }

  /** Ended by somebody, or by an answer that may come at any time. */
  public static Waiting open(String reason) {
    return new Waiting(reason, null);
  }

  /** The reason, and when it is tried again. */
  public String inWords() {
    return nextTry == null ? reason : reason + "; next try at " + nextTry;
  }
}
