package io.waybill.controlapi.edge;

import io.helidon.http.HeaderName;
import io.waybill.core.Verdict;
import io.waybill.core.access.Caller;
import io.waybill.core.access.Identity;
import io.waybill.core.idempotency.RequestKey;
import io.waybill.wire.Parsed;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** A request whose caller is known, whose path, headers and query are right, and that is whole. */
public final class Call {

  private final Caller caller;
  private final Map<String, UUID> ids;
  private final @Nullable RequestKey requestKey;
  private final byte[] body;
  private final Exchange exchange;

  Call(
      Caller caller,
      Map<String, UUID> ids,
      @Nullable RequestKey requestKey,
      byte[] body,
      Exchange exchange) {
    this.caller = caller;
    this.ids = ids;
    this.requestKey = requestKey;
    this.body = body;
    this.exchange = exchange;
  }

  /** Headers of the answer, be it a refusal or not. */
  public void answerWith(Map<String, String> headers) {
    exchange.answerWith(headers);
  }

  public Caller caller() {
    return caller;
  }

  /** Who calls, found out once more: a key may have been revoked since, or granted other things. */
  public Verdict<Identity> identifiedAnew() {
    return exchange.identifiedAnew();
  }

  public Optional<String> header(HeaderName name) {
    return exchange.request().header(name);
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
    if (requestKey == null) {
      throw new IllegalStateException("the route does not say that it answers once");
    }
    return requestKey;
  }

  /** The body as a command. */
  <T> Verdict<T> body(BiFunction<byte[], Call, Parsed<T>> reader) {
    return Body.verdict(reader.apply(body, this));
  }

  /** The body of a call that has nothing to say: none, or an empty object. */
  Verdict<Boolean> noBody() {
    return Body.verdict(Body.nothing(body));
  }
}
