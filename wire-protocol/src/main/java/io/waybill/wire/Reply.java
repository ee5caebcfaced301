package io.waybill.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** An answer as a device reads it: leniently, because a newer gateway may say more. */
public sealed interface Reply {

  /** The request was carried out. */
  record Ok(String requestId, @Nullable String command, JsonNode result) implements Reply {

    /** The result as one of the records of {@link Result}. */
    public <T> Parsed<T> as(Class<T> type) {
      return Json.convert(result, type);
    }
  }

  /**
   * The request was not carried out. Without a request id it is about a message nobody could read.
   */
  record Err(@Nullable String requestId, @Nullable String command, ErrorBody error)
      implements Reply {}

  /** Not an answer that we understand. */
  record Unreadable(String reason) implements Reply {}

  /** Reads an answer. Never throws. */
  static Reply read(byte[] bytes) {
    return switch (Json.parse(bytes)) {
      case Parsed.Read<JsonNode>(JsonNode node) -> read(node);
      case Parsed.NotJson<JsonNode>(String reason) -> new Unreadable(reason);
      case Parsed.Invalid<JsonNode>(List<FieldError> errors) -> new Unreadable(errors.toString());
    };
  }

  private static Reply read(JsonNode envelope) {
    JsonNode ok = envelope.get("ok");
    if (!envelope.isObject() || ok == null || !ok.isBoolean()) {
      return new Unreadable("an answer is an object with \"ok\"");
    }
    String requestId = RequestId.read(envelope.get("request_id")).map(RequestId::text).orElse(null);
    String command = text(envelope.get("command"));
    JsonNode body = envelope.get(ok.booleanValue() ? "result" : "error");
    if (body == null || !body.isObject()) {
      return new Unreadable("an answer has a result or an error");
    }
    if (ok.booleanValue()) {
      return requestId == null
          ? new Unreadable("a result has a request_id")
          : new Ok(requestId, command, body);
    }
    return switch (Json.convert(body, ErrorBody.class)) {
      case Parsed.Read<ErrorBody>(ErrorBody error) -> new Err(requestId, command, error);
      case Parsed.NotJson<ErrorBody>(String reason) -> new Unreadable(reason);
      case Parsed.Invalid<ErrorBody>(List<FieldError> errors) -> new Unreadable(errors.toString());
    };
  }

  private static @Nullable String text(@Nullable JsonNode node) {
    return node != null && node.isString() ? node.stringValue() : null;
  }
}
