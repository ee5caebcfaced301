package io.waybill.controlapi.edge;

import io.helidon.http.HeaderNames;
import io.helidon.http.HttpMediaType;
import io.waybill.core.ErrorCode;
import io.waybill.core.FieldError;
import io.waybill.core.Refusal;
import io.waybill.core.Verdict;
import io.waybill.wire.JsonDocument;
import io.waybill.wire.Parsed;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Reads request bodies: bounded, JSON only. */
final class Body {

  static final byte[] NONE = new byte[0];
  private static final int CHUNK_BYTES = 8192;

  private Body() {}

  /** The body's bytes. One that is too large is read to its end, so that its sender hears of it. */
  static Verdict<byte[]> read(Incoming request, int maxBytes) {
    if (!request.hasBody()) {
      return Verdict.ok(NONE);
    }
    byte[] bytes;
    try (InputStream in = request.body()) {
      bytes = readAll(in, maxBytes);
    } catch (IOException | RuntimeException e) {
      throw new BrokenRequest(e);
    }
    if (bytes.length > maxBytes) {
      return Verdict.refused(
          Refusal.of(ErrorCode.REQUEST_TOO_LARGE, "The body is larger than the limit.")
              .with("limit_bytes", maxBytes));
    }
    if (bytes.length > 0 && !isJson(request)) {
      return Verdict.refused(
          ErrorCode.REQUEST_UNSUPPORTED_MEDIA_TYPE, "Send the body as application/json in UTF-8.");
    }
    return Verdict.ok(isNull(bytes) ? NONE : bytes);
  }

  /** Generated clients send {@code null} where a body that may be left out is left out. */
  private static boolean isNull(byte[] body) {
    return body.length < CHUNK_BYTES
        && new String(body, StandardCharsets.UTF_8).strip().equals("null");
  }

  static <T> Verdict<T> verdict(Parsed<T> parsed) {
    return switch (parsed) {
      case Parsed.Read<T>(T value) -> Verdict.ok(value);
      case Parsed.NotJson<T>(String reason) ->
          Verdict.refused(
              ErrorCode.REQUEST_MALFORMED, "The body is not JSON that we can read: " + reason);
      case Parsed.Invalid<T>(List<io.waybill.wire.FieldError> errors) ->
          Verdict.refused(
              Refusal.invalid(
                  errors.stream()
                      .map(e -> new FieldError(e.field(), e.code(), e.message()))
                      .toList()));
    };
  }

  /** Reads a body that may hold no field. */
  static Parsed<Boolean> nothing(byte[] body) {
    return JsonDocument.readOptional(body, fields -> true);
  }

  /** Keeps at most one byte more than allowed: enough to know. */
  private static byte[] readAll(InputStream in, int maxBytes) throws IOException {
    ByteArrayOutputStream kept = new ByteArrayOutputStream(CHUNK_BYTES);
    byte[] chunk = new byte[CHUNK_BYTES];
    for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
      kept.write(chunk, 0, Math.min(n, maxBytes + 1 - kept.size()));
    }
    return kept.toByteArray();
  }

  private static boolean isJson(Incoming request) {
    Optional<HttpMediaType> type;
    try {
      type = request.header(HeaderNames.CONTENT_TYPE).map(HttpMediaType::create);
    } catch (IllegalArgumentException e) {
      return false;
    }
    return type.isPresent()
        && type.get().mediaType().text().equals("application/json")
        && type.get()
            .charset()
            .map(name -> name.equalsIgnoreCase(StandardCharsets.UTF_8.name()))
            .orElse(true);
  }
}
