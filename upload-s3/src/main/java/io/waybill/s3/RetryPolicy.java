package io.waybill.s3;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * When to try again. A store that is overloaded needs more room than a connection that broke.
 *
 * @param total no pause starts that would end later than this after the first try
 */
public record RetryPolicy(Duration total, Backoff slowDown, Backoff fault) {

  public static final RetryPolicy DEFAULT =
      new RetryPolicy(
          Duration.ofSeconds(4),
          new Backoff(Duration.ofMillis(500), Duration.ofSeconds(4)),
          new Backoff(Duration.ofMillis(50), Duration.ofSeconds(2)));

  /**
   * Exponential with full jitter: the n-th pause is anything up to {@code first · 2ⁿ}, but never
   * more than {@code longest}.
   */
  public record Backoff(Duration first, Duration longest) {
    Duration pause(int failures, RandomGenerator random) {
      long ceiling = Math.min(longest.toMillis(), first.toMillis() << Math.min(failures - 1, 20));
      return Duration.ofMillis(random.nextLong(ceiling + 1));
    }
  }
}
