package io.waybill.controlapi.edge;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.waybill.core.Verdict;
import io.waybill.core.access.Identity;
import io.waybill.core.trace.Span;
import java.net.InetAddress;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One request under way, with what the log line at its end will say. */
public final class Exchange implements AutoCloseable {

  private static final String BEARER = "bearer ";

  private final Incoming request;
  private final String requestId;
  private final long since;
  private final Span span;
  private @Nullable Identity identity;
  private @Nullable Supplier<Verdict<Identity>> again;
  private Map<String, UUID> ids = Map.of();
  private boolean isReplayed;
  private Map<String, String> headers = Map.of();

  /**
   * @param since when its head had been read, by {@link io.waybill.doors.Waits#nanoTime()}
   * @param span its time, as it is told to whoever watches; closed with it
   */
  Exchange(Incoming request, String requestId, long since, Span span) {
    this.request = request;
    this.requestId = requestId;
    this.since = since;
    this.span = span;
  }

  public String requestId() {
    return requestId;
  }

  Incoming request() {
    return request;
  }

  /** What the request says under this name. */
  public Optional<String> header(HeaderName name) {
    return request.header(name);
  }

  /** Whether whoever asks sits at this machine, as far as can be seen: no proxy says otherwise. */
  public boolean isFromThisMachine() {
    return request.peer().map(InetAddress::isLoopbackAddress).orElse(false)
        && request.header(HeaderNames.X_FORWARDED_FOR).isEmpty()
        && request.header(HeaderNames.FORWARDED).isEmpty();
  }

  long since() {
    return since;
  }

  Span span() {
    return span;
  }

  @Override
  public void close() {
    span.close();
  }

  /** The secret after {@code Bearer}; empty when there is none. */
  Optional<String> bearer() {
    return request
        .header(HeaderNames.AUTHORIZATION)
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

  /** What the answer says besides, whatever it is. */
  void answerWith(Map<String, String> more) {
    headers = Map.copyOf(more);
  }

  Map<String, String> answerHeaders() {
    return headers;
  }

  void authenticated(Identity caller) {
    identity = caller;
  }

  /** How it is found out who asks. */
  void identifiedBy(Supplier<Verdict<Identity>> way) {
    again = way;
  }

  /** Finds out once more who asks, by what was shown when the request came. */
  Verdict<Identity> identifiedAnew() {
    if (again == null) {
      throw new IllegalStateException("nobody was asked who it is");
    }
    return again.get();
  }

  /** Null until somebody has been recognised. */
  @Nullable Identity identity() {
    return identity;
  }
}
