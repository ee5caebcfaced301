package io.waybill.core.delivery;

import java.util.List;
import java.util.Set;

/**
 * Somebody who is told what has happened, at least once. The relay asks it with no connection, no
 * transaction and no lock in its hands.
 */
public interface Sink {

  /** What it is called in rows, metrics and logs; it never changes. */
  String name();

  Interest interest();

  /**
   * Tells a batch.
   *
   * @param batch events of different aggregates, so that their order among each other is nobody's
   *     concern
   * @return an outcome for each, in the order of the batch
   */
  List<Outcome> tell(List<Delivery> batch);

  /**
   * Which events a sink is told.
   *
   * @param types their codes
   * @param ofDevices only those that have a device
   */
  record Interest(Set<String> types, boolean ofDevices) {
    public Interest {
      types = Set.copyOf(types);
    }
  }

  /** What came of one try. */
  sealed interface Outcome {}

  /** The sink has it. */
  record Delivered() implements Outcome {}

  /**
   * The sink will not have this event, or did not say so in time: a try that counts.
   *
   * @param why never a secret
   */
  record Refused(String why) implements Outcome {}

  /**
   * The sink is away, whatever it is told: a try that does not count, so that an outage makes no
   * dead letters.
   */
  record Unreachable(String why) implements Outcome {}
}
