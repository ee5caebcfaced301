package io.waybill.agent.transfer;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Exponential with full jitter, between the two bounds. */
public record Backoff(Duration least, Duration most) {

  public static final Backoff PARTS = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(30));

  public Backoff {
    if (least.isNegative() || most.compareTo(least) < 0) {
      throw new IllegalArgumentException("waits from " + least + " to " + most);
    }
  }

  /** How long to wait when this many attempts in a row, from 1, have failed. */
  public Duration after(int failures, RandomGenerator random) {
    long floor = least.toNanos();
    int doublings = Math.min(Math.max(failures, 1), 30);
    double ceiling = Math.min((double) most.toNanos(), (double) floor * (1L << doublings));
    return Duration.ofNanos(floor + (long) (random.nextDouble() * (ceiling - floor)));
  }
}
