package io.waybill.controlapi.edge;

import io.waybill.core.ErrorCode;
import io.waybill.core.Refusal;
import io.waybill.wire.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What goes back: whole, so that it has a length, but for a stream, which is written bit by bit.
 *
 * @param headers besides the content type and those that every answer carries
 * @param error null unless this is an error
 * @param stream what writes the body; null where it is here
 */
@SuppressWarnings("ArrayRecordComponent") // written once and never compared
public record HttpAnswer(
    int status,
    String contentType,
    byte[] body,
    Map<String, String> headers,
    @Nullable ErrorCode error,
    @Nullable Stream stream) {

  /** A body that is made while it is written. It is closed, written or not. */
  public interface Stream extends AutoCloseable {

    /** Writes until there is no more to say; holds no place in a room. */
    void writeTo(OutputStream out) throws IOException;

    @Override
    void close();
  }

  private static final String JSON = "application/json";
  private static final String EVENTS = "text/event-stream";
  private static final int UNAUTHORIZED = 401;

  public HttpAnswer {
    headers = Map.copyOf(headers);
  }

  public static HttpAnswer json(int status, Object value) {
    return new HttpAnswer(status, JSON, Json.bytes(value), Map.of(), null, null);
  }

  /** Events, as the HTML standard has them; proxies are asked to pass each on at once. */
  static HttpAnswer events(int status, Stream stream) {
    Map<String, String> unbuffered = Map.of("X-Accel-Buffering", "no");
    return new HttpAnswer(status, EVENTS, new byte[0], unbuffered, null, stream);
  }

  static HttpAnswer empty(int status) {
    return new HttpAnswer(status, JSON, new byte[0], Map.of(), null, null);
  }

  public static HttpAnswer text(int status, String contentType, String text) {
    return new HttpAnswer(
        status, contentType, text.getBytes(StandardCharsets.UTF_8), Map.of(), null, null);
  }

  /** The one shape of every error. */
  public static HttpAnswer refused(Refusal refusal, String requestId) {
    Map<String, Object> error = new LinkedHashMap<>();
    error.put("code", refusal.code().code());
    error.put("message", refusal.message());
    error.put("details", refusal.details());
    error.put("request_id", requestId);
    int status = ErrorStatus.of(refusal.code());
    return new HttpAnswer(
        status,
        JSON,
        Json.bytes(Map.of("error", error)),
        headers(status, refusal),
        refusal.code(),
        null);
  }

  private static Map<String, String> headers(int status, Refusal refusal) {
    Map<String, String> headers = new LinkedHashMap<>();
    long seconds = ErrorStatus.retryAfterSeconds(refusal);
    if (seconds > 0) {
      headers.put("Retry-After", Long.toString(seconds));
    }
    if (status == UNAUTHORIZED) {
      headers.put("WWW-Authenticate", "Bearer");
    }
    return headers;
  }

  public HttpAnswer with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new HttpAnswer(status, contentType, body, more, error, stream);
  }
}
