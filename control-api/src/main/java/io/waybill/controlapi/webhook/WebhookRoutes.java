package io.waybill.controlapi.webhook;

import io.waybill.controlapi.edge.Api;
import io.waybill.controlapi.edge.Call;
import io.waybill.controlapi.edge.Cursor;
import io.waybill.controlapi.edge.PageRequest;
import io.waybill.controlapi.edge.Route;
import io.waybill.core.Verdict;
import io.waybill.core.access.Permission;
import io.waybill.core.webhook.usecase.ChangeWebhookEndpoint;
import io.waybill.core.webhook.usecase.CreateWebhookEndpoint;
import io.waybill.core.webhook.usecase.ListWebhookEndpoints;
import io.waybill.core.webhook.usecase.WebhookUseCases;
import java.util.List;

/** {@code /v1/webhook-endpoints}: where the caller's tenant is told what happens. */
public final class WebhookRoutes {

  private static final String ENDPOINTS = "/v1/webhook-endpoints";
  private static final String ENDPOINT = ENDPOINTS + "/{webhook_endpoint_id}";
  private static final String LIST = "webhook_endpoints";

  private final WebhookUseCases cases;

  public WebhookRoutes(WebhookUseCases cases) {
    this.cases = cases;
  }

  public List<Route> routes(Api api) {
    return List.of(
        api.get(ENDPOINTS)
            .needs(Permission.ADMIN_UPLOADS)
            .query(PageRequest.of(LIST))
            .ok(this::list),
        api.post(ENDPOINTS)
            .needs(Permission.ADMIN_UPLOADS)
            .once()
            .waitingForStrangers()
            .body(NewWebhookBody::read)
            .created(this::create),
        api.patch(ENDPOINT)
            .needs(Permission.ADMIN_UPLOADS)
            .once()
            .waitingForStrangers()
            .body(WebhookPatch::read)
            .ok(this::change),
        api.delete(ENDPOINT).needs(Permission.ADMIN_UPLOADS).once().noContent(this::delete),
        api.post(ENDPOINT + "/test")
            .needs(Permission.ADMIN_UPLOADS)
            .once()
            .waitingForStrangers()
            .ok(this::test));
  }

  private Verdict<?> list(Call call, PageRequest page) {
    return cases
        .list()
        .handle(call.caller(), new ListWebhookEndpoints.Request(page.cursor(), page.limit()))
        .map(found -> Cursor.page(LIST, found));
  }

  private Verdict<?> create(Call call, NewWebhookBody body) {
    CreateWebhookEndpoint.Request request =
        new CreateWebhookEndpoint.Request(body.url(), body.description(), body.eventTypes());
    return cases.create().handle(call.caller(), call.requestKey(), request);
  }

  private Verdict<?> change(Call call, WebhookPatch body) {
    ChangeWebhookEndpoint.Request request =
        new ChangeWebhookEndpoint.Request(
            call.id("webhook_endpoint_id"),
            body.url(),
            body.description(),
            body.eventTypes(),
            body.status(),
            body.rotation(),
            body.version());
    return cases.change().handle(call.caller(), call.requestKey(), request);
  }

  private Verdict<?> delete(Call call) {
    return cases.delete().handle(call.caller(), call.requestKey(), call.id("webhook_endpoint_id"));
  }

  private Verdict<?> test(Call call) {
    return cases.test().handle(call.caller(), call.requestKey(), call.id("webhook_endpoint_id"));
  }
}
