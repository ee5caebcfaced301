package io.waybill.core.work;

import java.util.function.Supplier;

/** Keeps a lease alive while storage is at work. */
public interface Heartbeat {

  /**
   * Runs work, and meanwhile {@code renew} every 10 seconds on another thread until it answers
   * false. Never interrupts the work: an outcome of a lost lease is refused when it is written.
   */
  <T> T during(Supplier<T> work, Supplier<Boolean> renew);
}
