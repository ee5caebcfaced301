package io.waybill.controlapi.edge;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.waybill.core.ErrorCode;
import io.waybill.core.FieldError;
import io.waybill.core.Refusal;
import io.waybill.core.Verdict;
import io.waybill.core.access.Caller;
import io.waybill.core.access.Identity;
import io.waybill.core.idempotency.RequestKey;
import io.waybill.wire.WireLimits;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Makes the routes that need a caller. Each asks in this order: who calls, which resource, with
 * which headers, query and body; then a use case answers, in the room of what it waits for.
 */
public final class Api {

  private static final HeaderName IDEMPOTENCY_KEY = HeaderNames.create("Idempotency-Key");
  private static final Pattern PRINTABLE =
      Pattern.compile("[\\x21-\\x7e](?:[\\x20-\\x7e]*[\\x21-\\x7e])?");
  private static final Pattern VARIABLE = Pattern.compile("\\{([a-z_]+)}");
  private static final Object NO_QUERY = new Object();

  /** What a request says before its body. */
  private record Head(Identity identity, Map<String, UUID> ids, RequestKey requestKey) {
    Caller caller(Exchange exchange) {
      return new Caller(identity, exchange.requestId(), "http");
    }
  }

  /** What an id that is none names: nothing, as an unknown one does. */
  private static final Map<String, ErrorCode> MISSING =
      Map.of(
          "project_id", ErrorCode.PROJECT_NOT_FOUND,
          "dataset_id", ErrorCode.DATASET_NOT_FOUND,
          "task_id", ErrorCode.UPLOAD_TASK_NOT_FOUND,
          "object_id", ErrorCode.UPLOAD_OBJECT_NOT_FOUND,
          "session_id", ErrorCode.UPLOAD_SESSION_NOT_FOUND);

  private final Authentication authenticate;
  private final Rooms rooms;
  private final int maxBodyBytes;

  /** How a route is asked, and what it then waits for. */
  private record Asking<Q>(Function<Query, Q> query, boolean hasBody, Predicate<Q> needsStorage) {}

  public Api(Authentication authenticate, Rooms rooms, int maxBodyBytes) {
    this.authenticate = authenticate;
    this.rooms = rooms;
    this.maxBodyBytes = maxBodyBytes;
  }

  /** Finds whose bearer secret it is. */
  @FunctionalInterface
  public interface Authentication {
    Verdict<Identity> bearer(String secret, String requestId);
  }

  /** A read without a query. */
  public Route get(String template, Function<Call, Verdict<?>> work) {
    return get(template, query -> NO_QUERY, (call, none) -> work.apply(call));
  }

  /** A read with a query. */
  public <Q> Route get(
      String template, Function<Query, Q> query, BiFunction<Call, Q, Verdict<?>> work) {
    return get(template, query, asked -> false, work);
  }

  /** A read that waits for storage when its query says so. */
  public <Q> Route get(
      String template,
      Function<Query, Q> query,
      Predicate<Q> needsStorage,
      BiFunction<Call, Q, Verdict<?>> work) {
    Asking<Q> asking = new Asking<>(query, false, needsStorage);
    return new Route(Method.GET, template, endpoint(template, 200, asking, work));
  }

  /** A change, or a read that needs a body, in the database alone. */
  public Route post(String template, int okStatus, Function<Call, Verdict<?>> work) {
    return post(template, okStatus, false, work);
  }

  /** A change that waits for storage. */
  public Route postToStorage(String template, int okStatus, Function<Call, Verdict<?>> work) {
    return post(template, okStatus, true, work);
  }

  private Route post(
      String template, int okStatus, boolean needsStorage, Function<Call, Verdict<?>> work) {
    Asking<Object> asking = new Asking<>(query -> NO_QUERY, true, asked -> needsStorage);
    return new Route(
        Method.POST,
        template,
        endpoint(template, okStatus, asking, (call, none) -> work.apply(call)));
  }

  private <Q> Route.Endpoint endpoint(
      String template, int okStatus, Asking<Q> asking, BiFunction<Call, Q, Verdict<?>> work) {
    List<String> variables =
        VARIABLE.matcher(template).results().map(found -> found.group(1)).toList();
    return exchange -> {
      Verdict<Object> verdict =
          identity(exchange)
              .then(identity ->
                  ids(exchange, variables)
                      .then(ids ->
                          requestKey(exchange)
                              .then(requestKey ->
                                  answer(
                                      exchange,
                                      new Head(identity, ids, requestKey),
                                      asking,
                                      work))));
      HttpAnswer answer =
          switch (verdict) {
            case Verdict.Ok<Object>(Object value) -> done(exchange, okStatus, value);
            case Verdict.Refused<Object>(Refusal refusal) ->
                HttpAnswer.refused(refusal, exchange.requestId());
          };
      // Answers hold URLs that are secrets, or a caller's own data: no cache may keep them.
      return answer.with("Cache-Control", "no-store");
    };
  }

  private static HttpAnswer done(Exchange exchange, int status, Object value) {
    HttpAnswer answer = HttpAnswer.json(status, value);
    return exchange.isReplayed() ? answer.with("Idempotency-Replayed", "true") : answer;
  }

  /** Waits for the body first, holding nothing, and takes a place only then. */
  private <Q> Verdict<Object> answer(
      Exchange exchange, Head head, Asking<Q> asking, BiFunction<Call, Q, Verdict<?>> work) {
    return Query.read(exchange.request().query(), asking.query())
        .then(asked ->
            body(exchange, asking)
                .then(body -> {
                  Call call = new Call(head.caller(exchange), head.ids(), head.requestKey(), body);
                  Supplier<Verdict<Object>> place =
                      () -> work.apply(call, asked).map(a -> (Object) a);
                  return asking.needsStorage().test(asked)
                      ? rooms.storage(head.identity(), place)
                      : rooms.database(head.identity(), place);
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
    return rooms
        .database(null, () -> authenticate.bearer(secret.get(), exchange.requestId()))
        .map(identity -> {
          exchange.authenticated(identity);
          return identity;
        });
  }

  private static Verdict<Map<String, UUID>> ids(Exchange exchange, List<String> variables) {
    Map<String, UUID> ids = new LinkedHashMap<>();
    for (String name : variables) {
      UUID id = Ids.parse(exchange.request().path().pathParameters().get(name));
      if (id == null) {
        ErrorCode code = MISSING.getOrDefault(name, ErrorCode.REQUEST_ROUTE_NOT_FOUND);
        return Verdict.refused(code, "there is no such " + resource(code));
      }
      ids.put(name, id);
    }
    exchange.addressed(ids);
    return Verdict.ok(ids);
  }

  /** The words of the core: nobody can tell a malformed id from an unknown one. */
  private static String resource(ErrorCode notFound) {
    String code = notFound.code();
    return code.substring(0, code.indexOf('.')).replace('_', ' ');
  }

  private static Verdict<RequestKey> requestKey(Exchange exchange) {
    Optional<String> key = exchange.request().headers().first(IDEMPOTENCY_KEY);
    if (key.isEmpty()) {
      return Verdict.ok(RequestKey.NONE);
    }
    int max = WireLimits.IDEMPOTENCY_KEY_CHARS;
    return key.get().length() <= max && PRINTABLE.matcher(key.get()).matches()
        ? Verdict.ok(RequestKey.of(key.get()).telling(exchange::replayed))
        : Verdict.refused(
            Refusal.invalid(
                List.of(
                    new FieldError(
                        "Idempotency-Key",
                        io.waybill.wire.FieldError.INVALID,
                        "must be 1 to " + max + " printable ASCII characters"))));
  }
}
