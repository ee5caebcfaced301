package io.waybill.core.device;

import io.waybill.core.access.Resource;
import io.waybill.core.access.ResourceKind;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that a device is asked to do. It is told over MQTT, at least once.
 *
 * @param payload as the device is told
 * @param result what the device has said of it; empty until then
 * @param expiresAt when it is not worth telling any more
 * @param course what has come of it
 */
public record DeviceCommand(
    UUID commandId,
    UUID tenantId,
    UUID deviceId,
    Kind command,
    Map<String, Object> payload,
    Status status,
    String requestedBy,
    Map<String, Object> result,
    long version,
    Instant createdAt,
    Instant updatedAt,
    Instant expiresAt,
    Course course) {
  public DeviceCommand {
    payload = Map.copyOf(payload);
    result = Map.copyOf(result);
  }

  /** What a device can be asked. */
  public enum Kind {
    PAUSE,
    RESUME,
    ABORT,
    UPLOAD,
    LIST_FILES
  }

  /** How far it is. */
  public enum Status {
    PENDING,
    SENT,
    ACCEPTED,
    DONE,
    FAILED,
    REJECTED,
    EXPIRED;

    /** Whether nothing more will come of it. */
    public boolean isFinished() {
      return switch (this) {
        case PENDING, SENT, ACCEPTED -> false;
        case DONE, FAILED, REJECTED, EXPIRED -> true;
      };
    }

    /** Whether its device is still told of it, until it has answered. */
    public boolean isTold() {
      return this == PENDING || this == SENT;
    }
  }

  /**
   * What has come of it.
   *
   * @param attempts how often a broker was given it
   * @param sentAt when a broker first took it for the device
   * @param finishedAt when nothing more could come of it
   * @param problem why the device has rejected it, or failed
   */
  public record Course(
      int attempts,
      @Nullable Instant sentAt,
      @Nullable Instant finishedAt,
      CommandReport.@Nullable Problem problem) {
    public static final Course NONE = new Course(0, null, null, null);
  }

  /** What it is, under its device. */
  public Resource resource(UUID projectId) {
    return Resource.project(tenantId, projectId)
        .under(ResourceKind.DEVICE, deviceId)
        .under(ResourceKind.DEVICE_COMMAND, commandId);
  }

  /** As it must be shown: expired once nobody will tell it any more. */
  public Status statusAt(Instant now) {
    return status.isTold() && !now.isBefore(expiresAt) ? Status.EXPIRED : status;
  }

  /** The same once its device has said this of it: the very same when that changes nothing. */
  public DeviceCommand heard(CommandReport report, Instant now) {
    return switch (statusAt(now)) {
      case PENDING, SENT -> become(report.said().status(), report, now);
      case ACCEPTED -> report.isFinal() ? become(report.said().status(), report, now) : this;
      case EXPIRED -> heardLate(report, now);
      case DONE, FAILED, REJECTED -> this;
    };
  }

  /** It stays expired, as everybody was told. What it came to is kept all the same, once. */
  private DeviceCommand heardLate(CommandReport report, Instant now) {
    boolean isKnown = status == Status.EXPIRED && (course.problem() != null || !result.isEmpty());
    return report.isFinal() && !isKnown ? become(Status.EXPIRED, report, now) : this;
  }

  private DeviceCommand become(Status next, CommandReport report, Instant now) {
    Instant sentAt = course.sentAt() == null ? now : course.sentAt();
    boolean isEnd = course.finishedAt() == null && next.isFinished();
    return new DeviceCommand(
        commandId,
        tenantId,
        deviceId,
        command,
        payload,
        next,
        requestedBy,
        report.result().isEmpty() ? result : report.result(),
        version + 1,
        createdAt,
        now,
        expiresAt,
        new Course(course.attempts(), sentAt, isEnd ? now : course.finishedAt(), report.problem()));
  }

  /** As it is answered. */
  public Answer answer(Instant now) {
    return new Answer(
        commandId,
        deviceId,
        command.name().toLowerCase(Locale.ROOT),
        payload,
        statusAt(now),
        requestedBy,
        course.problem(),
        result,
        course.attempts(),
        createdAt,
        course.sentAt(),
        course.finishedAt(),
        updatedAt,
        expiresAt);
  }

  /** A command as it is answered, and remembered under an idempotency key. */
  public record Answer(
      UUID commandId,
      UUID deviceId,
      String command,
      Map<String, Object> payload,
      Status status,
      String requestedBy,
      CommandReport.@Nullable Problem error,
      Map<String, Object> result,
      int attempts,
      Instant createdAt,
      @Nullable Instant sentAt,
      @Nullable Instant finishedAt,
      Instant updatedAt,
      Instant expiresAt) {
    public Answer {
      payload = Map.copyOf(payload);
      result = Map.copyOf(result);
    }
  }
}
