package io.waybill.wire;

import io.waybill.wire.Command.Malformed;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What surrounds every payload on a topic. Reading a request is total: any bytes at all give a
 * {@link Request}, if only one whose command is {@link Malformed}.
 */
public final class Envelope {

  private static final List<String> KNOWN_COMMANDS =
      Arrays.stream(Command.Name.values()).map(Command.Name::toString).toList();

  private Envelope() {}

  /** Reads what a device sent. Never throws. */
  public static Request decode(byte[] bytes) {
    return decode(bytes, WireLimits.MQTT_PAYLOAD_BYTES);
  }

  /**
   * Reads what a device sent, where less is taken than the codec could. Never throws.
   *
   * @param most bytes that are taken
   */
  public static Request decode(byte[] bytes, int most) {
    if (bytes.length > most) {
      return malformed(
          scanRequestId(WireText.message(Arrays.copyOf(bytes, most))),
          null,
          new Malformed(
              Malformed.TOO_LARGE,
              "The request is larger than " + most + " bytes.",
              List.of(),
              Map.of("limit_bytes", most, "request_bytes", bytes.length)));
    }
    byte[] message = WireText.message(bytes);
    return switch (Json.parse(message)) {
      case Parsed.Read<JsonNode>(JsonNode node) -> decode(node);
      case Parsed.NotJson<JsonNode>(String reason) ->
          notUnderstood(scanRequestId(message), null, "The request is not JSON: " + reason + ".");
      case Parsed.Invalid<JsonNode>(List<FieldError> errors) ->
          throw new IllegalStateException("plain JSON has no fields: " + errors);
    };
  }

  private static Request decode(JsonNode envelope) {
    if (!envelope.isObject()) {
      return notUnderstood(null, null, "The request is not a JSON object.");
    }
    @Nullable RequestId requestId = RequestId.read(envelope.get("request_id")).orElse(null);
    JsonNode commandNode = envelope.get("command");
    String command = commandNode != null && commandNode.isString() ? commandNode.stringValue() : "";
    @Nullable String shown =
        Printable.isText(command, WireLimits.REQUEST_ID_CHARS) ? command : null;
    if (requestId == null) {
      return notUnderstood(null, shown, RequestId.RULE + ".");
    }
    if (shown == null) {
      return notUnderstood(requestId, null, "command must be the name of a command.");
    }
    return Command.Name.of(shown)
        .map(name -> decode(requestId, name, envelope))
        .orElseGet(() -> unknownCommand(requestId, shown));
  }

  private static Request decode(RequestId requestId, Command.Name name, JsonNode envelope) {
    JsonObjectReader fields = JsonObjectReader.of(envelope);
    fields.has("request_id");
    fields.has("command");
    String key = fields.text("idempotency_key", WireLimits.IDEMPOTENCY_KEY_CHARS);
    if (key != null && !Printable.isText(key, WireLimits.IDEMPOTENCY_KEY_CHARS)) {
      fields.wrong("idempotency_key", FieldError.INVALID, "must be 1 to 255 printable characters");
    }
    JsonObjectReader payload = fields.sameLevel("payload");
    Command command = CommandReader.read(name, payload);
    Integer maxResponseBytes = maxResponseBytes(payload);
    payload.end();
    fields.end();
    return fields.errors().isEmpty()
        ? new Request(requestId, name.toString(), key, maxResponseBytes, command)
        : new Request(
            requestId,
            name.toString(),
            null,
            maxResponseBytes,
            new Malformed(
                Malformed.INVALID,
                "Some fields of the request are wrong.",
                fields.errors(),
                Map.of()));
  }

  /** Null when it is wrong: then it bounds nothing, not even the answer that says so. */
  private static @Nullable Integer maxResponseBytes(JsonObjectReader payload) {
    int before = payload.errors().size();
    Integer bytes = payload.integer("max_response_bytes");
    boolean isRead = payload.errors().size() == before;
    if (isRead && bytes != null && bytes < 1) {
      payload.wrong("max_response_bytes", FieldError.OUT_OF_RANGE, "must be positive");
    }
    return payload.errors().size() == before ? bytes : null;
  }

  private static Request unknownCommand(RequestId requestId, String command) {
    return malformed(
        requestId,
        command,
        new Malformed(
            Malformed.UNKNOWN_COMMAND,
            "There is no such command.",
            List.of(),
            Map.of("known_commands", KNOWN_COMMANDS)));
  }

  private static Request notUnderstood(
      @Nullable RequestId requestId, @Nullable String command, String message) {
    return malformed(
        requestId, command, new Malformed(Malformed.NOT_UNDERSTOOD, message, List.of(), Map.of()));
  }

  private static Request malformed(
      @Nullable RequestId requestId, @Nullable String command, Malformed malformed) {
    return new Request(requestId, command, null, null, malformed);
  }

  /** Writes a request as a device does. */
  public static byte[] encode(Request request) {
    ObjectNode payload = Json.tree(request.command());
    if (request.maxResponseBytes() != null) {
      payload.put("max_response_bytes", request.maxResponseBytes());
    }
    Map<String, @Nullable Object> envelope = new LinkedHashMap<>();
    envelope.put("request_id", request.id());
    envelope.put("command", request.commandName());
    envelope.put("idempotency_key", request.idempotencyKey());
    envelope.put("payload", payload);
    return Json.bytes(envelope);
  }

  /** Writes the answer to a request that was carried out now. */
  public static byte[] ok(RequestId requestId, String command, Object result) {
    return ok(requestId, command, result, false);
  }

  /**
   * Writes the answer to a request that was carried out.
   *
   * @param isReplayed whether an earlier request with the same key did it
   */
  public static byte[] ok(RequestId requestId, String command, Object result, boolean isReplayed) {
    Map<String, @Nullable Object> envelope = head(requestId, command, true);
    envelope.put("result", result);
    envelope.put("replayed", isReplayed);
    return Json.bytes(envelope);
  }

  /** Writes the answer to a request that was not. */
  public static byte[] error(
      @Nullable RequestId requestId, @Nullable String command, ErrorBody error) {
    Map<String, @Nullable Object> envelope = head(requestId, command, false);
    envelope.put("error", error);
    return Json.bytes(envelope);
  }

  private static Map<String, @Nullable Object> head(
      @Nullable RequestId requestId, @Nullable String command, boolean ok) {
    Map<String, @Nullable Object> envelope = new LinkedHashMap<>();
    envelope.put("request_id", requestId);
    envelope.put("command", command);
    envelope.put("ok", ok);
    return envelope;
  }

  /** Finds the request id of a document that is not whole, so that its sender hears of it. */
  private static @Nullable RequestId scanRequestId(byte[] bytes) {
    try (JsonParser parser = Json.mapper().createParser(bytes)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return null;
      }
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        boolean found = "request_id".equals(parser.currentName());
        JsonToken value = parser.nextToken();
        if (found) {
          return value.isScalarValue() ? requestId(parser, bytes.length) : null;
        }
        parser.skipChildren();
      }
      return null;
    } catch (JacksonException e) {
      return null;
    }
  }

  private static @Nullable RequestId requestId(JsonParser parser, int end) {
    boolean isLast = parser.currentLocation().getByteOffset() >= end;
    return RequestId.read(parser.readValueAsTree())
        // a number at the end of what there is may have had more digits
        .filter(id -> !id.isInteger() || !isLast)
        .orElse(null);
  }
}
