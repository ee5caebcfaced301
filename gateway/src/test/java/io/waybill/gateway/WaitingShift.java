package io.waybill.gateway;

import io.waybill.core.memory.ManualTime;
import io.waybill.doors.Waits;
import io.waybill.testkit.turns.Shift;

/** Turns without threads, and their waiting as requests wait. */
final class WaitingShift extends Shift implements Waits {

  WaitingShift(ManualTime time) {
    super(time);
  }
}
