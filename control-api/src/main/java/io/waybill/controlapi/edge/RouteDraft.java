package io.waybill.controlapi.edge;

import io.helidon.http.Method;
import io.waybill.core.Verdict;
import io.waybill.core.access.Permission;
import io.waybill.wire.Parsed;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A route on its way: what is asked, and how; the last word says who answers, and with which
 * status.
 *
 * <pre>
 * api.patch(PROJECT).needs(PROJECT_UPDATE).once().body(ProjectPatch::read).ok(this::patch)
 * </pre>
 *
 * @param <Q> what the query says
 * @param <I> what the use case is asked: the query or the body
 */
public final class RouteDraft<Q, I> {

  private static final int OK = 200;
  private static final int CREATED = 201;
  private static final int ACCEPTED = 202;
  private static final int NO_CONTENT = 204;
  private static final Object NO_QUERY = new Object();

  /** A verb and a template of which nobody has said yet who may ask. */
  public static final class Open {
    private final Api api;
    private final Method method;
    private final String template;

    Open(Api api, Method method, String template) {
      this.api = api;
      this.method = method;
      this.template = template;
    }

    /** For who has one of these permissions on the resource that the path names. */
    public RouteDraft<Object, Object> needs(Permission... oneOf) {
      return draft(new Needs.Right(List.of(oneOf)));
    }

    /** For every caller, who is shown what this permission shows. */
    public RouteDraft<Object, Object> shows(Permission of) {
      return draft(new Needs.Sight(of));
    }

    /** For every caller that we know. */
    public RouteDraft<Object, Object> forEveryCaller() {
      return draft(new Needs.Caller());
    }

    private RouteDraft<Object, Object> draft(Needs needs) {
      boolean hasBody = method.equals(Method.POST) || method.equals(Method.PATCH);
      return new RouteDraft<>(
          this,
          new Terms(needs, OK, false),
          new Asking<>(query -> NO_QUERY, hasBody, none -> Asking.Place.DATABASE),
          (call, none) -> hasBody ? call.noBody().map(empty -> NO_QUERY) : Verdict.ok(NO_QUERY));
    }
  }

  private final Open open;
  private final Terms terms;
  private final Asking<Q> asking;
  private final BiFunction<Call, Q, Verdict<I>> input;

  private RouteDraft(
      Open open, Terms terms, Asking<Q> asking, BiFunction<Call, Q, Verdict<I>> input) {
    this.open = open;
    this.terms = terms;
    this.asking = asking;
    this.input = input;
  }

  /** Calls with the same {@code Idempotency-Key} have one effect and one answer. */
  public RouteDraft<Q, I> once() {
    Terms remembered = new Terms(terms.needs(), terms.okStatus(), true);
    return new RouteDraft<>(open, remembered, asking, input);
  }

  /** It is asked with a query. */
  public <P> RouteDraft<P, P> query(Function<Query, P> reader) {
    Asking<P> asked = new Asking<>(reader, asking.hasBody(), query -> Asking.Place.DATABASE);
    return new RouteDraft<>(open, terms, asked, (call, query) -> Verdict.ok(query));
  }

  /** It is asked with a body. */
  public <B> RouteDraft<Q, B> body(Function<byte[], Parsed<B>> reader) {
    return body((bytes, call) -> reader.apply(bytes));
  }

  /** It is asked with a body that says something about ids of the path. */
  public <B> RouteDraft<Q, B> body(BiFunction<byte[], Call, Parsed<B>> reader) {
    Asking<Q> withBody = new Asking<>(asking.query(), true, asking.place());
    return new RouteDraft<>(open, terms, withBody, (call, query) -> call.body(reader));
  }

  /** It waits for storage. */
  public RouteDraft<Q, I> waitingForStorage() {
    return waitingForStorage(query -> true);
  }

  /** It waits for storage when its query says so. */
  public RouteDraft<Q, I> waitingForStorage(Predicate<Q> when) {
    return waitingIn(query -> when.test(query) ? Asking.Place.STORAGE : Asking.Place.DATABASE);
  }

  /** It waits for somebody whom we do not know. */
  public RouteDraft<Q, I> waitingForStrangers() {
    return waitingIn(query -> Asking.Place.OUTSIDE);
  }

  private RouteDraft<Q, I> waitingIn(Function<Q, Asking.Place> place) {
    return new RouteDraft<>(
        open, terms, new Asking<>(asking.query(), asking.hasBody(), place), input);
  }

  /** Answers 200 with what this gives. */
  public Route ok(BiFunction<Call, I, Verdict<?>> work) {
    return route(OK, work);
  }

  /** Answers 200 with what this gives. */
  public Route ok(Function<Call, Verdict<?>> work) {
    return ok((call, nothing) -> work.apply(call));
  }

  /** Answers 200 with events, for as long as somebody listens. */
  public Route streamed(Function<Call, Verdict<HttpAnswer.Stream>> work) {
    return route(OK, (call, nothing) -> work.apply(call));
  }

  /** Answers 201 with what this has made. */
  public Route created(BiFunction<Call, I, Verdict<?>> work) {
    return route(CREATED, work);
  }

  /** Answers 201 with what this has made. */
  public Route created(Function<Call, Verdict<?>> work) {
    return created((call, nothing) -> work.apply(call));
  }

  /** Answers 202 with what will be done. */
  public Route accepted(BiFunction<Call, I, Verdict<?>> work) {
    return route(ACCEPTED, work);
  }

  /** Answers 204 and nothing more. */
  public Route noContent(BiFunction<Call, I, Verdict<?>> work) {
    return route(NO_CONTENT, work);
  }

  /** Answers 204 and nothing more. */
  public Route noContent(Function<Call, Verdict<?>> work) {
    return noContent((call, nothing) -> work.apply(call));
  }

  private Route route(int okStatus, BiFunction<Call, I, Verdict<?>> work) {
    Terms whole = new Terms(terms.needs(), okStatus, terms.isRemembered());
    Api.Work<Q> road =
        (call, query) ->
            input
                .apply(call, query)
                .then(asked -> work.apply(call, asked).map(answer -> (Object) answer));
    return open.api.route(open.method, open.template, whole, asking, road);
  }
}
