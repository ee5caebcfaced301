package io.waybill.controlapi.edge;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.Optional;
import java.util.Set;

/**
 * Which pages of other origins may call us. An origin that may not gets no header, not an error.
 */
public final class Cors {

  /** Allows every origin; credentials are bearer tokens, never cookies. */
  public static final String ANY = "*";

  private static final String METHODS = "GET, POST, PATCH, DELETE";
  private static final String REQUEST_HEADERS =
      "Authorization, Content-Type, Idempotency-Key, Last-Event-ID, X-Request-ID, traceparent";
  private static final String EXPOSED = "X-Request-ID, Retry-After, Idempotency-Replayed";
  private static final String MAX_AGE_SECONDS = "600";
  private static final HeaderName REQUEST_METHOD =
      HeaderNames.create("Access-Control-Request-Method");

  private final Set<String> origins;

  public Cors(Set<String> origins) {
    this.origins = Set.copyOf(origins);
  }

  /** Whether a browser asks what it may ask. */
  boolean isPreflight(ServerRequest request) {
    return request.headers().contains(HeaderNames.ORIGIN)
        && request.headers().contains(REQUEST_METHOD);
  }

  /** Says which methods and headers an allowed origin may send. */
  void preflight(ServerRequest request, ServerResponse response) {
    if (allow(request, response)) {
      response.header(HeaderNames.ACCESS_CONTROL_ALLOW_METHODS, METHODS);
      response.header(HeaderNames.ACCESS_CONTROL_ALLOW_HEADERS, REQUEST_HEADERS);
      response.header(HeaderNames.ACCESS_CONTROL_MAX_AGE, MAX_AGE_SECONDS);
    }
  }

  /** Lets an allowed origin read the answer. */
  void answer(ServerRequest request, ServerResponse response) {
    if (allow(request, response)) {
      response.header(HeaderNames.ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
    }
  }

  private boolean allow(ServerRequest request, ServerResponse response) {
    Optional<String> origin = request.headers().first(HeaderNames.ORIGIN);
    if (origin.isEmpty()) {
      return false;
    }
    response.header(HeaderNames.VARY, "Origin");
    if (!origins.contains(ANY) && !origins.contains(origin.get())) {
      return false;
    }
    response.header(HeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, origin.get());
    return true;
  }
}
