package io.waybill.agent.doctor;

import io.waybill.agent.doctor.Finding.Trouble;
import io.waybill.wire.ErrorBody;
import io.waybill.wire.Result;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the server's description tells of our clock and of ourselves. */
public final class ServerChecks {

  public static final String CLOCK = "clock";
  public static final String DEVICE = "device";

  /** Below it, no URL suffers. */
  private static final Duration TOLERABLE = Duration.ofMinutes(1);

  private ServerChecks() {}

  /** Our clock beside the server's, which was read somewhere between question and answer. */
  public static Finding clock(Interview interview, Result.Description description) {
    Instant middle = interview.askedAt().plus(interview.took().dividedBy(2));
    Duration ahead = Duration.between(description.serverTime(), middle);
    Duration off = ahead.abs();
    String words =
        off.toSeconds() + " s " + (ahead.isNegative() ? "behind" : "ahead of") + " the server's";
    return off.compareTo(TOLERABLE) <= 0
        ? Finding.ok(CLOCK, "this clock is " + words)
        : Finding.warn(
            CLOCK,
            "this clock is " + words + "; uploads go by the server's time",
            "have the time kept (timedatectl set-ntp true): certificates and logs need it");
  }

  /** Whether the server knows this device, and lets it into the project. */
  public static Finding device(Result.Description description, UUID project) {
    Map<String, Object> device = description.device();
    if (device == null) {
      return Finding.ok(DEVICE, "the server was asked with an API key, and says of it no more");
    }
    String code = text(device.get("device_code"));
    String status = text(device.get("status"));
    if (!status.equals("ACTIVE") && !status.equals("PENDING")) { // until it is first heard
      return Finding.fail(
          DEVICE,
          Trouble.REFUSED,
          code + " is " + status + " on the server",
          "have it enabled, or registered again, by who manages devices");
    }
    boolean granted =
        device.get("project_ids") instanceof List<?> ids && ids.contains(project.toString());
    return granted
        ? Finding.ok(DEVICE, code + " may upload to project " + project)
        : Finding.fail(
            DEVICE,
            Trouble.REFUSED,
            code + " may not upload to project " + project,
            "set project to one that is open to it, or have this one opened (POST …/grant)");
  }

  /** The server answered, and not with a description. */
  public static Finding refused(ErrorBody error) {
    return Finding.fail(
        DEVICE,
        Trouble.REFUSED,
        error.code() + ": " + error.message(),
        "have the device looked at by who manages devices");
  }

  private static String text(@Nullable Object value) {
    return value == null ? "?" : value.toString();
  }
}
