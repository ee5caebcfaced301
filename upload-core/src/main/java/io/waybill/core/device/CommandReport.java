package io.waybill.core.device;

import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a device says of a command.
 *
 * @param problem why it was rejected or has failed
 * @param result what there is to tell; empty when nothing is
 */
public record CommandReport(
    UUID commandId, Said said, @Nullable Problem problem, Map<String, Object> result) {
  public CommandReport {
    result = Map.copyOf(result);
  }

  /** How far the device is with it. */
  public enum Said {
    ACCEPTED(DeviceCommand.Status.ACCEPTED),
    REJECTED(DeviceCommand.Status.REJECTED),
    DONE(DeviceCommand.Status.DONE),
    FAILED(DeviceCommand.Status.FAILED);

    private final DeviceCommand.Status status;

    Said(DeviceCommand.Status status) {
      this.status = status;
    }

    DeviceCommand.Status status() {
      return status;
    }
  }

  /**
   * A reason, in the device's words.
   *
   * @param code for programs
   */
  public record Problem(String code, @Nullable String message) {}

  boolean isFinal() {
    return said != Said.ACCEPTED;
  }
}
