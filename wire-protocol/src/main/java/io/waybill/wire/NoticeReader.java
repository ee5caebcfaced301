package io.waybill.wire;

import io.waybill.wire.Command.Malformed;
import io.waybill.wire.DeviceNotice.Presence;
import io.waybill.wire.DeviceNotice.Problem;
import io.waybill.wire.DeviceNotice.Result;
import io.waybill.wire.DeviceNotice.Status;
import io.waybill.wire.DeviceNotice.Unreadable;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what devices say without being answered. Never throws. */
public final class NoticeReader {

  /** Of what a command came to, as JSON. */
  public static final int RESULT_BYTES = 64 * 1024;

  private static final int CONNECTION_CHARS = 128;
  private static final Pattern CODE = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  private NoticeReader() {}

  /**
   * Reads what became of a command.
   *
   * @param most bytes that are taken
   */
  public static DeviceNotice result(byte[] bytes, int most) {
    return read(bytes, most, NoticeReader::result);
  }

  /**
   * Reads whether a device is connected. It may say more of itself.
   *
   * @param most bytes that are taken
   */
  public static DeviceNotice presence(byte[] bytes, int most) {
    return read(bytes, most, NoticeReader::presence);
  }

  private static DeviceNotice read(
      byte[] bytes, int most, Function<JsonObjectReader, DeviceNotice> fields) {
    if (bytes.length > most) {
      return unreadable(
          Malformed.TOO_LARGE,
          "The message is larger than " + most + " bytes.",
          List.of(),
          Map.of("limit_bytes", most, "request_bytes", bytes.length));
    }
    return switch (JsonDocument.read(WireText.message(bytes), fields)) {
      case Parsed.Read<DeviceNotice>(DeviceNotice notice) -> notice;
      case Parsed.NotJson<DeviceNotice>(String reason) ->
          unreadable(
              Malformed.NOT_UNDERSTOOD,
              "The message is not a JSON object: " + reason + ".",
              List.of(),
              Map.of());
      case Parsed.Invalid<DeviceNotice>(List<FieldError> errors) ->
          unreadable(Malformed.INVALID, "Some fields of the message are wrong.", errors, Map.of());
    };
  }

  private static Unreadable unreadable(
      String code, String message, List<FieldError> errors, Map<String, Object> details) {
    return new Unreadable(new Malformed(code, message, errors, details));
  }

  private static DeviceNotice result(JsonObjectReader f) {
    Result read =
        new Result(
            f.requiredUuid("command_id"),
            status(f),
            f.object("error", NoticeReader::problem),
            f.free("result"));
    if (Json.bytes(read.result()).length > RESULT_BYTES) {
      f.wrong("result", FieldError.TOO_LONG, "may have at most " + RESULT_BYTES + " bytes");
    }
    return read;
  }

  private static DeviceNotice presence(JsonObjectReader f) {
    Boolean online = f.flag("online");
    if (online == null) {
      f.wrong("online", FieldError.REQUIRED, "must be given");
    }
    Presence read =
        new Presence(
            Boolean.TRUE.equals(online),
            f.requiredText("connection_id", CONNECTION_CHARS),
            f.text("agent_version", WireLimits.TEXT_CHARS));
    f.ignoreOthers();
    return read;
  }

  private static Status status(JsonObjectReader f) {
    @Nullable Status status = f.oneOf("status", Status.values());
    if (status == null) {
      f.wrong("status", FieldError.REQUIRED, "must be given");
    }
    return status == null ? Status.FAILED : status;
  }

  private static Problem problem(JsonObjectReader f) {
    String code = f.requiredText("code", WireLimits.TEXT_CHARS);
    if (f.has("code") && !CODE.matcher(code).matches()) {
      f.wrong("code", FieldError.INVALID, "must be 1 to 64 letters, digits, '.', '_' or '-'");
    }
    return new Problem(code, f.said("message"));
  }
}
