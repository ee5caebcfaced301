package io.waybill.core.storage;

import java.time.Duration;

/** How long a URL may live. */
public record UrlLife(Duration shortest, Duration longest) {
  public UrlLife {
    if (shortest.compareTo(longest) > 0) {
      throw new IllegalArgumentException("the shortest life of a URL is longer than the longest");
    }
  }

  public boolean allows(Duration life) {
    return life.compareTo(shortest) >= 0 && life.compareTo(longest) <= 0;
  }
}
