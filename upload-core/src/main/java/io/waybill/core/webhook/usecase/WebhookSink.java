package io.waybill.core.webhook.usecase;

import io.waybill.core.access.Origin;
import io.waybill.core.delivery.Delivery;
import io.waybill.core.delivery.Sink;
import io.waybill.core.webhook.Courier;
import io.waybill.core.webhook.WebhookEndpoint;
import io.waybill.core.webhook.WebhookEvent;
import io.waybill.core.webhook.WebhookStatus;
import io.waybill.core.webhook.WebhookStores;
import io.waybill.core.work.Ports;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Tells endpoints what they have asked for, one after the other: whoever has several to tell at
 * once calls it several times at once. An endpoint that answers 410 is disabled.
 */
public final class WebhookSink implements Sink {

  /** These are many, and move nothing: told to those only who name them. */
  static final Set<String> ONLY_BY_NAME =
      Set.of("upload.presign_issued", "upload.part_acknowledged", "upload.parts_reconciled");

  private final Ports<? extends WebhookStores> ports;
  private final Dispatch dispatch;
  private final WebhookJournal journal;

  WebhookSink(Ports<? extends WebhookStores> ports, Dispatch dispatch) {
    this.ports = ports;
    this.dispatch = dispatch;
    this.journal = new WebhookJournal(ports.ids());
  }

  @Override
  public String name() {
    return "webhook";
  }

  @Override
  public Interest interest() {
    return new OfEndpoints(ONLY_BY_NAME);
  }

  @Override
  public List<Outcome> tell(List<Delivery> batch) {
    return batch.stream().map(this::tell).toList();
  }

  private Outcome tell(Delivery one) {
    UUID id = UUID.fromString(one.endpoint());
    Optional<WebhookEndpoint> found =
        ports.work().read(tx -> tx.webhookEndpoints().find(one.event().tenantId(), id));
    if (found.isEmpty()) {
      return new Hopeless("the endpoint was deleted");
    }
    WebhookEndpoint endpoint = found.get();
    if (endpoint.status() == WebhookStatus.DISABLED) {
      return new Hopeless("the endpoint is disabled; enable it, then replay this");
    }
    Courier.Reply reply = dispatch.send(endpoint, one.event());
    if (reply.isGone()) {
      disable(endpoint);
      return new Hopeless("410: the endpoint wants nothing any more, and is disabled");
    }
    return reply.error() == null ? new Delivered() : new Refused(reply.error());
  }

  /** Unless somebody has given it another URL meanwhile: that one has not said so. */
  private void disable(WebhookEndpoint told) {
    Instant now = ports.now();
    ports
        .work()
        .commit(tx -> {
          tx.webhookEndpoints()
              .lock(told.tenantId(), told.webhookEndpointId())
              .filter(one -> one.url().equals(told.url()))
              .filter(one -> one.status() == WebhookStatus.ENABLED)
              .ifPresent(one -> disabled(tx, one, now));
          return told;
        });
  }

  private void disabled(WebhookStores tx, WebhookEndpoint known, Instant now) {
    WebhookEndpoint after =
        known
            .changed(known.url(), known.description(), known.eventTypes(), now)
            .being(WebhookStatus.DISABLED, known.secrets());
    tx.webhookEndpoints().update(after);
    Map<String, Object> details = Map.of("after", WebhookJournal.said(after), "status_code", 410);
    tx.events().append(journal.wrote(WebhookEvent.DISABLED, after, Origin.WORKER, now, details));
  }
}
