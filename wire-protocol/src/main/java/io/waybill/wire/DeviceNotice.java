package io.waybill.wire;

import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a device says without being answered. What cannot be understood is a notice, too. */
public sealed interface DeviceNotice {

  /**
   * What became of a command, on {@code upload/command/result}.
   *
   * @param error why it was rejected or has failed
   * @param result what there is to tell; empty when nothing is
   */
  record Result(UUID commandId, Status status, @Nullable Problem error, Map<String, Object> result)
      implements DeviceNotice {
    public Result {
      result = Map.copyOf(result);
    }

    /** Writes it as a device does. */
    public byte[] encode() {
      return Json.bytes(this);
    }
  }

  /**
   * Whether it is connected, on {@code presence}: its birth, and its Last Will.
   *
   * @param connectionId the same in both, and another one with each connection
   * @param agentVersion of its program
   */
  record Presence(boolean online, String connectionId, @Nullable String agentVersion)
      implements DeviceNotice {
    /** Writes it as a device does. */
    public byte[] encode() {
      return Json.bytes(this);
    }
  }

  /** How far a device is with a command. */
  enum Status {
    ACCEPTED,
    REJECTED,
    DONE,
    FAILED;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A reason.
   *
   * @param code a word for programs
   * @param message for people, without the query of any URL
   */
  record Problem(String code, @Nullable String message) {}

  /** What could not be understood, and what is wrong with it. */
  record Unreadable(Command.Malformed why) implements DeviceNotice {}
}
