package io.waybill.controlapi.edge;

import io.helidon.http.Method;
import io.waybill.core.Refusal;
import io.waybill.core.Verdict;
import io.waybill.wire.Parsed;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * One thing that can be asked over HTTP.
 *
 * @param template path with its variables in braces; the label of logs and metrics
 */
public record Route(Method method, String template, Terms terms, Endpoint endpoint) {

  /** Who answers. */
  @FunctionalInterface
  public interface Endpoint {
    HttpAnswer answer(Exchange exchange);
  }

  /** A page or a probe that everybody may read. */
  public static Route open(String template, Endpoint endpoint) {
    return new Route(Method.GET, template, Terms.OPEN, endpoint);
  }

  /**
   * What machines of ours post, for whoever passes the gate; the gate is asked before the body is
   * read.
   *
   * @param answer what goes back as JSON
   */
  public static <B> Route posted(
      String template,
      int maxBytes,
      Function<Exchange, Verdict<Boolean>> gate,
      Function<byte[], Parsed<B>> reader,
      BiFunction<B, Exchange, Verdict<Object>> answer) {
    return new Route(
        Method.POST,
        template,
        Terms.OPEN,
        exchange ->
            switch (gate.apply(exchange)
                .then(in -> Body.read(exchange.request(), maxBytes))
                .then(bytes -> Body.verdict(reader.apply(bytes)))
                .then(body -> answer.apply(body, exchange))) {
              case Verdict.Ok<Object>(Object value) -> HttpAnswer.json(200, value);
              case Verdict.Refused<Object>(Refusal refusal) ->
                  HttpAnswer.refused(refusal, exchange.requestId());
            });
  }

  /** The same as a part of the API: it takes no parameters, and refuses those that it is given. */
  public static Route openWithoutQuery(String template, Endpoint endpoint) {
    return open(
        template,
        exchange ->
            switch (Query.read(exchange.request().query(), query -> true)) {
              case Verdict.Ok<Boolean> ok -> endpoint.answer(exchange);
              case Verdict.Refused<Boolean>(Refusal refusal) ->
                  HttpAnswer.refused(refusal, exchange.requestId());
            });
  }
}
