package io.waybill.agent.command;

import io.waybill.wire.DeviceNotice.Problem;
import io.waybill.wire.DeviceNotice.Result;
import io.waybill.wire.DeviceNotice.Status;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * A command that was heard, and what is said of it.
 *
 * @param said whether the server has this answer for certain
 */
record Errand(String format, String command, Instant heardAt, Result answer, boolean said) {

  static final String FORMAT = "waybill-errand";

  Errand {
    if (!FORMAT.equals(format) || answer.commandId() == null || answer.status() == null) {
      throw new IllegalArgumentException("not an errand of ours");
    }
  }

  static Errand of(Instruction instruction, Instant at, Result answer) {
    return new Errand(FORMAT, instruction.command(), at, answer, false);
  }

  Errand answered(Result now) {
    return new Errand(format, command, heardAt, now, false);
  }

  Errand wasSaid() {
    return new Errand(format, command, heardAt, answer, true);
  }

  UUID id() {
    return answer.commandId();
  }

  /** Nothing more will come of it. */
  boolean isOver() {
    return answer.status() != Status.ACCEPTED;
  }

  static Result accepted(UUID id) {
    return new Result(id, Status.ACCEPTED, null, Map.of());
  }

  static Result done(UUID id, Map<String, Object> result) {
    return new Result(id, Status.DONE, null, result);
  }

  static Result rejected(UUID id, String code, String message) {
    return new Result(id, Status.REJECTED, problem(code, message), Map.of());
  }

  static Result failed(UUID id, String code, String message, Map<String, Object> result) {
    return new Result(id, Status.FAILED, problem(code, message), result);
  }

  private static Problem problem(String code, String message) {
    return new Problem(code, message.length() > 1000 ? message.substring(0, 1000) + "…" : message);
  }
}
