package io.waybill.core.webhook.usecase;

import io.waybill.core.Verdict;
import io.waybill.core.access.Caller;
import io.waybill.core.access.Gate;
import io.waybill.core.access.Permission;
import io.waybill.core.access.Resource;
import io.waybill.core.access.ResourceKind;
import io.waybill.core.idempotency.Fingerprint;
import io.waybill.core.idempotency.Once;
import io.waybill.core.idempotency.Remembered;
import io.waybill.core.idempotency.RequestKey;
import io.waybill.core.webhook.WebhookEndpoint;
import io.waybill.core.webhook.WebhookEvent;
import io.waybill.core.webhook.WebhookStores;
import io.waybill.core.work.Ports;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Takes a webhook endpoint away; what it was still to be told becomes dead letters. */
public final class DeleteWebhookEndpoint {

  public static final Remembered<Deleted> REMEMBERED =
      new Remembered<>("DELETE_WEBHOOK_ENDPOINT", Deleted.class);

  private final Ports<? extends WebhookStores> ports;
  private final WebhookJournal journal;

  DeleteWebhookEndpoint(Ports<? extends WebhookStores> ports) {
    this.ports = ports;
    this.journal = new WebhookJournal(ports.ids());
  }

  /** It is gone. */
  public record Deleted(UUID webhookEndpointId) {}

  /** The key comes before the endpoint, which the repeated call does not find any more. */
  public Verdict<Deleted> handle(Caller caller, RequestKey requestKey, UUID webhookEndpointId) {
    Instant now = ports.now();
    Once<WebhookStores, Deleted> once =
        Once.of(REMEMBERED, caller, requestKey, Fingerprint.of(REMEMBERED).add(webhookEndpointId));
    Resource endpoint =
        Resource.tenant(caller.identity().tenantId())
            .under(ResourceKind.WEBHOOK_ENDPOINT, webhookEndpointId);
    return ports
        .work()
        .write(tx ->
            once.within(
                tx,
                now,
                before ->
                    Gate.pass(caller.identity(), Permission.ADMIN_UPLOADS, endpoint, now)
                        .map(ok -> before),
                () -> delete(tx, caller, webhookEndpointId, now)));
  }

  private Verdict<Deleted> delete(WebhookStores tx, Caller caller, UUID id, Instant now) {
    Optional<WebhookEndpoint> found = tx.webhookEndpoints().lock(caller.identity().tenantId(), id);
    if (found.isEmpty()) {
      return Gate.missing(ResourceKind.WEBHOOK_ENDPOINT);
    }
    WebhookEndpoint known = found.get();
    return Gate.pass(caller.identity(), Permission.ADMIN_UPLOADS, known.resource(), now)
        .map(ok -> {
          tx.webhookEndpoints().delete(known);
          Map<String, Object> details = Map.of("before", WebhookJournal.said(known));
          tx.events()
              .append(journal.wrote(WebhookEvent.DELETED, known, caller.origin(), now, details));
          return new Deleted(id);
        });
  }
}
