package io.waybill.controlapi.edge;

import io.waybill.core.Verdict;
import io.waybill.core.access.Caller;
import io.waybill.core.idempotency.RequestKey;
import io.waybill.wire.Parsed;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/** A request whose caller is known, whose path, headers and query are right, and that is whole. */
public final class Call {

  private final Caller caller;
  private final Map<String, UUID> ids;
  private final RequestKey requestKey;
  private final byte[] body;

  Call(Caller caller, Map<String, UUID> ids, RequestKey requestKey, byte[] body) {
    this.caller = caller;
    this.ids = ids;
    this.requestKey = requestKey;
    this.body = body;
  }

  public Caller caller() {
    return caller;
  }

  /** An id out of the path, by its name in the route's template. */
  public UUID id(String name) {
    UUID id = ids.get(name);
    if (id == null) {
      throw new IllegalArgumentException("the route has no variable " + name);
    }
    return id;
  }

  /** How the call wants to be remembered: its {@code Idempotency-Key}. */
  public RequestKey requestKey() {
    return requestKey;
  }

  /** The body as a command. */
  public <T> Verdict<T> body(Function<byte[], Parsed<T>> reader) {
    return Body.verdict(reader.apply(body));
  }

  /** The body of a call that has nothing to say: none, or an empty object. */
  public Verdict<Call> noBody() {
    return body(Body::nothing).map(nothing -> this);
  }
}
