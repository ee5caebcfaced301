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
   * @param batch events of different aggregates, or to different endpoints, so that their order
   *     among each other is nobody's concern
   * @return an outcome for each, in the order of the batch
   */
  List<Outcome> tell(List<Delivery> batch);

  /** Which events a sink is told. */
  sealed interface Interest {}

  /**
   * Of these types, once for everybody who listens to the sink.
   *
   * @param types their codes
   * @param ofDevices only those that have a device
   */
  record OfTypes(Set<String> types, boolean ofDevices) implements Interest {
    public OfTypes {
      types = Set.copyOf(types);
    }
  }

  /**
   * What each enabled webhook endpoint of the event's tenant has asked for, once for each.
   *
   * @param onlyByName the codes of types that no pattern stands for
   */
  record OfEndpoints(Set<String> onlyByName) implements Interest {
    public OfEndpoints {
      onlyByName = Set.copyOf(onlyByName);
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

  /**
   * Nobody is there who would ever take it: a dead letter at once.
   *
   * @param why never a secret
   */
  record Hopeless(String why) implements Outcome {}
}
