package io.waybill.controlapi.edge;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.waybill.core.ErrorCode;
import io.waybill.core.FieldError;
import io.waybill.core.MetadataRule;
import io.waybill.core.Refusal;
import io.waybill.core.Verdict;
import io.waybill.core.access.Caller;
import io.waybill.core.access.Client;
import io.waybill.core.access.Gate;
import io.waybill.core.access.Identity;
import io.waybill.core.access.usecase.LetBearerIn;
import io.waybill.core.access.usecase.Showing;
import io.waybill.core.idempotency.RequestKey;
import io.waybill.wire.WireLimits;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes the routes that need a caller, verb by verb. Each asks in this order: who calls, which
 * resource, with which headers, query and body; then a use case answers, in the room of what it
 * waits for.
 */
public final class Api {

  private static final int NO_CONTENT = 204;
  private static final HeaderName IDEMPOTENCY_KEY = HeaderNames.create("Idempotency-Key");
  private static final Pattern PRINTABLE =
      Pattern.compile("[\\x21-\\x7e](?:[\\x20-\\x7e]*[\\x21-\\x7e])?");

  /**
   * What a request says before its body.
   *
   * @param requestKey null where the route remembers nothing
   */
  private record Head(Identity identity, Map<String, UUID> ids, @Nullable RequestKey requestKey) {
    Caller caller(Exchange exchange, Client client) {
      return new Caller(identity, exchange.requestId(), "http", client);
    }
  }

  private final Authentication authenticate;
  private final Sources sources;
  private final Rooms rooms;
  private final int maxBodyBytes;

  public Api(Authentication authenticate, Sources sources, Rooms rooms, int maxBodyBytes) {
    this.authenticate = authenticate;
    this.sources = sources;
    this.rooms = rooms;
    this.maxBodyBytes = maxBodyBytes;
  }

  /** Finds whose bearer secret it is. */
  @FunctionalInterface
  public interface Authentication {
    Verdict<LetBearerIn.LookUp> shown(Showing showing);
  }

  /** What is done with a call, in a place. */
  interface Work<Q> {
    Verdict<Object> on(Call call, Q query);
  }

  /** A read. */
  public RouteDraft.Open get(String template) {
    return new RouteDraft.Open(this, Method.GET, template);
  }

  /** Something new, a command, or a read that needs a body. */
  public RouteDraft.Open post(String template) {
    return new RouteDraft.Open(this, Method.POST, template);
  }

  /** A change. */
  public RouteDraft.Open patch(String template) {
    return new RouteDraft.Open(this, Method.PATCH, template);
  }

  /** An end; it has no body. */
  public RouteDraft.Open delete(String template) {
    return new RouteDraft.Open(this, Method.DELETE, template);
  }

  <Q> Route route(Method method, String template, Terms terms, Asking<Q> asking, Work<Q> work) {
    return new Route(method, template, terms, endpoint(Variable.of(template), terms, asking, work));
  }

  private <Q> Route.Endpoint endpoint(
      List<Variable> variables, Terms terms, Asking<Q> asking, Work<Q> work) {
    return exchange -> {
      exchange.identifiedBy(() -> identity(exchange));
      Verdict<Object> verdict =
          exchange
              .identifiedAnew()
              .then(identity ->
                  ids(exchange, variables)
                      .then(ids ->
                          requestKey(exchange)
                              .then(requestKey ->
                                  answer(
                                      exchange,
                                      new Head(
                                          identity, ids, terms.isRemembered() ? requestKey : null),
                                      asking,
                                      work))));
      HttpAnswer answer =
          switch (verdict) {
            case Verdict.Ok<Object>(Object value) -> done(exchange, terms.okStatus(), value);
            case Verdict.Refused<Object>(Refusal refusal) ->
                HttpAnswer.refused(refusal, exchange.requestId());
          };
      for (Map.Entry<String, String> header : exchange.answerHeaders().entrySet()) {
        answer = answer.with(header.getKey(), header.getValue());
      }
      // Answers hold URLs that are secrets, or a caller's own data: no cache may keep them.
      return answer.with("Cache-Control", "no-store");
    };
  }

  private static HttpAnswer done(Exchange exchange, int status, Object value) {
    if (value instanceof HttpAnswer.Stream stream) {
      return HttpAnswer.events(status, stream);
    }
    HttpAnswer answer =
        status == NO_CONTENT ? HttpAnswer.empty(status) : HttpAnswer.json(status, value);
    return exchange.isReplayed() ? answer.with("Idempotency-Replayed", "true") : answer;
  }

  /** Waits for the body first, holding nothing, and takes a place only then. */
  private <Q> Verdict<Object> answer(Exchange exchange, Head head, Asking<Q> asking, Work<Q> work) {
    return Query.read(exchange.request().query(), asking.query())
        .then(asked ->
            body(exchange, asking)
                .then(body -> {
                  Call call =
                      new Call(
                          head.caller(exchange, sources.client(exchange.request())),
                          head.ids(),
                          head.requestKey(),
                          body,
                          exchange);
                  Supplier<Verdict<Object>> place = () -> work.on(call, asked);
                  return switch (asking.place().apply(asked)) {
                    case DATABASE -> rooms.database(head.identity(), place);
                    case STORAGE -> rooms.storage(head.identity(), place);
                    case OUTSIDE -> place.get();
                  };
                }));
  }

  private Verdict<byte[]> body(Exchange exchange, Asking<?> asking) {
    return asking.hasBody() ? Body.read(exchange.request(), maxBodyBytes) : Verdict.ok(Body.NONE);
  }

  private Verdict<Identity> identity(Exchange exchange) {
    Optional<String> secret = exchange.bearer();
    if (secret.isEmpty()) {
      return Verdict.refused(
          ErrorCode.AUTH_API_KEY_MISSING, "Send Authorization: Bearer <api key>.");
    }
    Showing showing =
        new Showing(
            secret.get(),
            sources.of(exchange.request()),
            exchange.requestId(),
            "http",
            sources.client(exchange.request()));
    // Outside every room: a token's issuer may have to be waited for.
    return authenticate
        .shown(showing)
        .then(lookUp -> rooms.database(null, lookUp::find))
        .map(identity -> {
          exchange.authenticated(identity);
          return identity;
        });
  }

  private static Verdict<Map<String, UUID>> ids(Exchange exchange, List<Variable> variables) {
    Map<String, UUID> ids = new LinkedHashMap<>();
    for (Variable variable : variables) {
      UUID id = Ids.parse(exchange.request().variable(variable.name()));
      if (id == null) {
        return Gate.missing(variable.kind());
      }
      ids.put(variable.name(), id);
    }
    exchange.addressed(ids);
    return Verdict.ok(ids);
  }

  private static Verdict<RequestKey> requestKey(Exchange exchange) {
    Optional<String> key = exchange.request().header(IDEMPOTENCY_KEY);
    if (key.isEmpty()) {
      return Verdict.ok(RequestKey.NONE);
    }
    int max = WireLimits.IDEMPOTENCY_KEY_CHARS;
    return key.get().length() <= max
            && PRINTABLE.matcher(key.get()).matches()
            && !MetadataRule.isSecret(key.get())
        ? Verdict.ok(RequestKey.of(key.get()).telling(exchange::replayed))
        : Verdict.refused(
            Refusal.invalid(
                List.of(
                    new FieldError(
                        "Idempotency-Key",
                        io.waybill.wire.FieldError.INVALID,
                        "must be 1 to "
                            + max
                            + " printable ASCII characters, and no secret: it is kept"))));
  }
}
