package io.waybill.controlapi.edge;

import io.helidon.http.Method;

/**
 * One thing that can be asked over HTTP.
 *
 * @param template path with its variables in braces; the label of logs and metrics
 */
public record Route(Method method, String template, Endpoint endpoint) {

  /** Who answers. */
  @FunctionalInterface
  public interface Endpoint {
    HttpAnswer answer(Exchange exchange);
  }

  public static Route get(String template, Endpoint endpoint) {
    return new Route(Method.GET, template, endpoint);
  }

  public static Route post(String template, Endpoint endpoint) {
    return new Route(Method.POST, template, endpoint);
  }
}
