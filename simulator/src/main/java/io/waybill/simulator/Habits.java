package io.waybill.simulator;

import io.waybill.core.ErrorCode;
import io.waybill.simulator.Wish.Goal;

/** What a device asks for next, as chance has it. */
record Habits(Dice dice) {

  /** After that has been done. */
  Goal after(Goal done) {
    return switch (done) {
      case CREATE, RETRY -> dice.oneIn(10) ? Goal.ABORT : Goal.PRESIGN;
      case PRESIGN -> afterSending();
      case ACKNOWLEDGE -> dice.oneIn(6) ? Goal.PAUSE : Goal.COMPLETE;
      case LOOK, WATCH -> dice.oneIn(4) ? Goal.PRESIGN : Goal.COMPLETE;
      case PAUSE -> dice.oneIn(4) ? Goal.ABORT : Goal.RESUME;
      case EXTEND, RESUME -> Goal.COMPLETE;
      case ABORT -> dice.oneIn(3) ? Goal.RETRY : Goal.REST;
      case COMPLETE,
          TASK_PAUSE,
          TASK_RESUME,
          TASK_CANCEL,
          TASK_RETRY,
          TASK_LOOK,
          TASK_LIST,
          EVENTS,
          REST ->
          Goal.REST;
    };
  }

  private Goal afterSending() {
    return switch (dice.below(11)) {
      case 0 -> Goal.ABORT;
      case 1 -> Goal.PAUSE;
      case 2, 3 -> Goal.ACKNOWLEDGE;
      case 4 -> Goal.LOOK;
      case 5 -> Goal.EXTEND;
      case 6 -> Goal.WATCH;
      default -> Goal.COMPLETE;
    };
  }

  /** After that was refused, and repeating it helps nobody. */
  Goal afterRefusal(Goal wanted, ErrorCode code) {
    return switch (code) {
      case UPLOAD_MISSING_PARTS -> Goal.PRESIGN;
      case STORAGE_UPLOAD_MISSING, UPLOAD_EXPIRED ->
          wanted == Goal.RETRY || dice.oneIn(2) ? Goal.REST : Goal.RETRY;
      case REQUEST_VALIDATION_FAILED, REQUEST_MALFORMED, MQTT_MALFORMED, INTERNAL ->
          throw new Broken("a robot sent what none would: %s, %s".formatted(wanted, code.code()));
      default -> Goal.REST; // it is over; whether by its own doing, the judge knows
    };
  }

  /** Whether it leaves out a part. */
  boolean forgets() {
    return dice.oneIn(10);
  }

  /** Where there is no room, it may be long before there is. */
  boolean givesUp(ErrorCode code) {
    return code == ErrorCode.QUOTA_OPEN_UPLOADS_EXCEEDED && dice.oneIn(4);
  }
}
