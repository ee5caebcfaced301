package io.waybill.wire;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigInteger;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a device calls one request: a text, or an integer, which is echoed as the integer it was.
 * Both name the same request when they are the same digits.
 *
 * @param text as it is logged, compared and remembered
 */
public record RequestId(String text, boolean isInteger) {

  /** What the envelope asks of it. */
  static final String RULE =
      "request_id must be a text of 1 to 128 printable characters, or an integer";

  public static RequestId of(String text) {
    return new RequestId(text, false);
  }

  /** Reads one; empty where there is none, or none that may be. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static @Nullable RequestId orNull(@Nullable JsonNode node) {
    return read(node).orElse(null);
  }

  static Optional<RequestId> read(@Nullable JsonNode node) {
    if (node != null && node.isString()) {
      return Optional.of(node.stringValue())
          .filter(text -> Printable.isText(text, WireLimits.REQUEST_ID_CHARS))
          .map(RequestId::of);
    }
    return WholeNumber.of(node).map(number -> new RequestId(number.toString(), true));
  }

  /** As it is written in JSON. */
  @JsonValue
  Object value() {
    return isInteger ? new BigInteger(text) : text;
  }
}
