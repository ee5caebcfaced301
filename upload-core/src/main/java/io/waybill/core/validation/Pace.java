package io.waybill.core.validation;

/**
 * How fast a worker of ours may read what it sums: reading is not to take the bandwidth of those
 * who send and fetch.
 */
@FunctionalInterface
public interface Pace {

  /** As fast as storage gives it. */
  Pace ANY = bytes -> {};

  /**
   * Waits until so many bytes may be read. Those that wait are let on in the order in which they
   * came.
   *
   * @throws io.waybill.core.Outage.Storage when the waiting is interrupted
   */
  void take(long bytes);
}
