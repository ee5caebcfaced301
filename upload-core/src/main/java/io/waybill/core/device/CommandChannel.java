package io.waybill.core.device;

import java.time.Instant;
import java.util.List;

/**
 * The way to devices. It is asked with no connection, no transaction and no lock in anybody's
 * hands.
 */
public interface CommandChannel {

  /**
   * Tells devices what they are asked to do.
   *
   * @param commands in the order of creation; what is told of one device keeps that order
   * @param now that they have until they expire is counted from
   * @return an outcome for each, in the same order
   */
  List<Outcome> tell(List<DeviceCommand> commands, Instant now);

  /** What came of one. */
  sealed interface Outcome {}

  /** A broker has it for the device. */
  record Told() implements Outcome {}

  /** A broker had it, and nobody to give it to: the device is not there and left no session. */
  record Unheard() implements Outcome {}

  /**
   * A broker refused it, or did not say in time that it has it.
   *
   * @param why never a secret
   */
  record Refused(String why) implements Outcome {}

  /** There is no broker, whatever it is given. */
  record Away(String why) implements Outcome {}
}
