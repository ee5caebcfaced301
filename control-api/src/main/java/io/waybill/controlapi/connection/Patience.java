package io.waybill.controlapi.connection;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long one connection may keep us waiting right now. Its own thread sets the moment before it
 * waits and clears it after; the {@link Patrol} closes the connection when the moment has passed.
 * While we work there is none: then it is we who keep the other end waiting.
 */
final class Patience {

  /** What the next byte from the other end belongs to. */
  private enum Phase {
    IDLE,
    HEAD,
    BODY
  }

  private static final double NANOS = Duration.ofSeconds(1).toNanos();

  private final ConnectionLimits limits;
  private final Runnable close;
  private volatile @Nullable Long moment;
  private volatile boolean ended;

  // Of the connection's own thread.
  private Phase phase = Phase.HEAD;
  private long began = System.nanoTime();
  private long bodyBytes;

  Patience(ConnectionLimits limits, Runnable close) {
    this.limits = limits;
    this.close = close;
  }

  /** The next byte begins another request; some of it may have come already. */
  void nextRequest(boolean isComing) {
    phase = isComing ? Phase.HEAD : Phase.IDLE;
    began = System.nanoTime();
  }

  /** The headers are whole: what comes now is a body. */
  void headIsWhole() {
    phase = Phase.BODY;
    began = 0;
    bodyBytes = 0;
  }

  /** Before we wait for bytes. */
  void reading() {
    if (began == 0) {
      began = System.nanoTime();
    }
    moment =
        began
            + switch (phase) {
              case IDLE -> limits.idle().toNanos();
              case HEAD -> limits.head().toNanos();
              case BODY -> time(bodyBytes);
            };
  }

  /** After we have waited for bytes. */
  void read(int bytes) {
    moment = null;
    if (phase == Phase.IDLE) {
      nextRequest(true);
    } else if (phase == Phase.BODY) {
      bodyBytes += bytes;
    }
  }

  /** Before we wait for the rest of a body whose request has been answered. */
  void draining() {
    moment = System.nanoTime() + limits.grace().toNanos();
  }

  /** Before we wait for the other end to take bytes. */
  void writing(int bytes) {
    moment = System.nanoTime() + time(bytes);
  }

  /** After it has taken them. */
  void written() {
    moment = null;
  }

  /** Whether the connection was closed because it kept us waiting. */
  boolean hasEnded() {
    return ended;
  }

  /** Closes the connection when its moment has passed. */
  void check(long now) {
    Long until = moment;
    if (until != null && now - until > 0) {
      moment = null;
      ended = true;
      close.run();
    }
  }

  private long time(long bytes) {
    return limits.grace().toNanos() + Math.round(bytes * NANOS / limits.bytesPerSecond());
  }
}
