package io.waybill.core.memory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Time in the test's hand. */
public final class ManualTime implements InstantSource {

  private volatile Instant now;

  public ManualTime(Instant start) {
    this.now = start;
  }

  @Override
  public Instant instant() {
    return now;
  }

  public void advance(Duration by) {
    now = now.plus(by);
  }
}
