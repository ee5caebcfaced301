package io.waybill.controlapi.connection;

import io.helidon.http.DirectHandler;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Headers;
import io.helidon.http.RequestException;
import io.helidon.http.WritableHeaders;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1ConnectionListener;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Where a request ends must be one thing to everybody between the client and us: a proxy that reads
 * it otherwise would take a part of one caller's body for another caller's request (RFC 9112, 6.3
 * and 11.2). What can be read in two ways is refused, and the connection closed.
 */
final class Framing implements Http1ConnectionListener {

  private static final Pattern LENGTH = Pattern.compile("[0-9]{1,18}");

  @Override
  public void headers(ConnectionContext ctx, Headers headers) {
    if (!(ctx instanceof PatientContext connection)) {
      throw new IllegalStateException("the server talks over another connection");
    }
    PatientReader reader = connection.reader();
    List<String> lengths = values(headers, HeaderNames.CONTENT_LENGTH.defaultCase());
    List<String> codings = values(headers, HeaderNames.TRANSFER_ENCODING.defaultCase());
    boolean isClear =
        lengths.size() + codings.size() <= 1
            && lengths.stream().allMatch(length -> LENGTH.matcher(length).matches())
            && codings.stream().allMatch("chunked"::equals)
            && !(reader.isOldHttp() && !codings.isEmpty());
    if (!isClear) {
      throw broken();
    }
    if (reader.isOldHttp() && headers instanceof WritableHeaders<?> writable) {
      // Its clients keep no connection unless they ask for it in a way that we do not speak.
      writable.set(HeaderValues.CONNECTION_CLOSE);
    }
    if (isLast(headers)) {
      reader.last();
    }
    reader.headIsWhole(
        codings.isEmpty() ? lengths.stream().mapToLong(Long::parseLong).sum() : Long.MAX_VALUE);
  }

  /** Whether no other message follows this one on its connection. */
  static boolean isLast(Headers headers) {
    return values(headers, HeaderNames.CONNECTION.defaultCase()).stream()
        .flatMap(value -> List.of(value.split(",")).stream())
        .anyMatch(option -> option.strip().equalsIgnoreCase("close"));
  }

  static RequestException broken() {
    return RequestException.builder()
        .type(DirectHandler.EventType.BAD_REQUEST)
        .message("The request's framing is broken")
        .setKeepAlive(false)
        .build();
  }

  /** The value of each field of this name, as sent. */
  private static List<String> values(Headers headers, String name) {
    return headers.stream()
        .filter(header -> header.name().equalsIgnoreCase(name))
        .map(Header::allValues)
        .flatMap(List::stream)
        .map(String::strip)
        .toList();
  }
}
