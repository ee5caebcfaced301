package io.waybill.core.webhook.usecase;

import io.waybill.core.Page;
import io.waybill.core.Verdict;
import io.waybill.core.access.Caller;
import io.waybill.core.access.Gate;
import io.waybill.core.access.Permission;
import io.waybill.core.access.Resource;
import io.waybill.core.webhook.WebhookAnswer;
import io.waybill.core.webhook.WebhookEndpointStore;
import io.waybill.core.webhook.WebhookStores;
import io.waybill.core.work.Ports;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A tenant's webhook endpoints, newest first. */
public final class ListWebhookEndpoints {

  private final Ports<? extends WebhookStores> ports;

  ListWebhookEndpoints(Ports<? extends WebhookStores> ports) {
    this.ports = ports;
  }

  /**
   * One page.
   *
   * @param before the last id of the page before; null for the first page
   */
  public record Request(@Nullable UUID before, int limit) {}

  public Verdict<Page<WebhookAnswer>> handle(Caller caller, Request request) {
    UUID tenant = caller.identity().tenantId();
    Instant now = ports.now();
    return Gate.pass(caller.identity(), Permission.ADMIN_UPLOADS, Resource.tenant(tenant), now)
        .map(ok -> page(tenant, request, now));
  }

  private Page<WebhookAnswer> page(UUID tenant, Request request, Instant now) {
    WebhookEndpointStore.Query query =
        new WebhookEndpointStore.Query(tenant, request.before(), request.limit() + 1);
    List<WebhookAnswer> found =
        ports.work().read(tx -> tx.webhookEndpoints().list(query)).stream()
            .map(one -> WebhookAnswer.of(one, now))
            .toList();
    return Page.of(found, request.limit(), WebhookAnswer::webhookEndpointId);
  }
}
