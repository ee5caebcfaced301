package io.waybill.core.webhook.usecase;

import io.waybill.core.webhook.WebhookParts;
import io.waybill.core.webhook.WebhookStores;
import io.waybill.core.work.Ports;
import java.util.Set;

/**
 * What is done with webhook endpoints.
 *
 * @param sink tells them what has happened
 */
public record WebhookUseCases(
    ListWebhookEndpoints list,
    CreateWebhookEndpoint create,
    ChangeWebhookEndpoint change,
    DeleteWebhookEndpoint delete,
    TestWebhookEndpoint test,
    WebhookSink sink) {

  /**
   * All of them over one set of ports.
   *
   * @param types the codes of all events there are
   */
  public static WebhookUseCases over(
      Ports<? extends WebhookStores> ports, WebhookParts parts, Set<String> types) {
    WebhookRules rules = new WebhookRules(parts.courier(), types);
    Dispatch dispatch = new Dispatch(parts, ports.time());
    return new WebhookUseCases(
        new ListWebhookEndpoints(ports),
        new CreateWebhookEndpoint(ports, rules, parts.secretBox()),
        new ChangeWebhookEndpoint(ports, rules, parts.secretBox()),
        new DeleteWebhookEndpoint(ports),
        new TestWebhookEndpoint(ports, dispatch),
        new WebhookSink(ports, dispatch));
  }
}
