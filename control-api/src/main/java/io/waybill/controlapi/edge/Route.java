package io.waybill.controlapi.edge;

import io.helidon.http.Method;

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
}
