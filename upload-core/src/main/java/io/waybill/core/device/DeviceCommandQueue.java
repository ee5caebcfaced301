package io.waybill.core.device;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Commands that their devices are still to be told, of every tenant. A command that was never told
 * waits until the earlier ones of its device are told, so that a device hears them in their order.
 */
public interface DeviceCommandQueue {

  /**
   * A command in somebody's hands.
   *
   * @param claim tells this claim apart from every other one
   */
  record Claimed(DeviceCommand command, long claim) {}

  /**
   * Claims commands that are due, have not expired and are first of their device, in the order of
   * creation. Those of a device that may not act rest, too, and are not among them.
   *
   * @param until when they are due again, should nobody settle them
   */
  List<Claimed> claim(Instant now, Instant until, int limit);

  /**
   * What came of telling one.
   *
   * @param isTold whether a broker took it for the device; else it is still to be told, and what
   *     waits behind it waits as long
   * @param isTried whether it counts as an attempt
   * @param dueAt when it is told again, should its device not have answered
   */
  record Settled(Claimed claimed, boolean isTold, boolean isTried, Instant dueAt) {}

  /**
   * Writes down what came of telling them, but of those that somebody else has claimed since, or
   * that their devices have answered.
   *
   * @return how many it wrote
   */
  int settle(List<Settled> outcomes, Instant now);

  /**
   * Makes all that a device has not answered due at once, in its order: it has connected anew.
   *
   * @return how many there are
   */
  int tellAgain(UUID tenantId, UUID deviceId, Instant now);

  /** Makes commands EXPIRED that are not told any more, and returns them as they are now. */
  List<DeviceCommand> expire(Instant now, int limit);
}
