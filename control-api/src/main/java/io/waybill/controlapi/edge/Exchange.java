package io.waybill.controlapi.edge;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.waybill.core.access.Identity;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One request under way, with what the log line at its end will say. */
public final class Exchange {

  private static final String BEARER = "bearer ";

  private final ServerRequest request;
  private final String requestId;
  private @Nullable Identity identity;
  private Map<String, UUID> ids = Map.of();
  private boolean isReplayed;

  Exchange(ServerRequest request, String requestId) {
    this.request = request;
    this.requestId = requestId;
  }

  public String requestId() {
    return requestId;
  }

  ServerRequest request() {
    return request;
  }

  /** The secret after {@code Bearer}; empty when there is none. */
  Optional<String> bearer() {
    return request
        .headers()
        .first(HeaderNames.AUTHORIZATION)
        .filter(value -> value.regionMatches(true, 0, BEARER, 0, BEARER.length()))
        .map(value -> value.substring(BEARER.length()).strip())
        .filter(secret -> !secret.isEmpty());
  }

  void addressed(Map<String, UUID> path) {
    ids = path;
  }

  /** The ids in the path, once they are known to be ids. */
  Map<String, UUID> ids() {
    return ids;
  }

  /** The answer is that of an earlier call with the same key. */
  void replayed() {
    isReplayed = true;
  }

  boolean isReplayed() {
    return isReplayed;
  }

  void authenticated(Identity caller) {
    identity = caller;
  }

  /** Null until somebody has been recognised. */
  @Nullable Identity identity() {
    return identity;
  }
}
