package io.waybill.controlapi.edge;

import io.helidon.http.Method;
import io.waybill.core.Refusal;
import io.waybill.core.Verdict;

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
