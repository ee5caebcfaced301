package io.waybill.core.webhook.usecase;

import io.waybill.core.Verdict;
import io.waybill.core.access.Caller;
import io.waybill.core.access.Gate;
import io.waybill.core.access.Permission;
import io.waybill.core.access.ResourceKind;
import io.waybill.core.event.OutboxEvent;
import io.waybill.core.idempotency.Fingerprint;
import io.waybill.core.idempotency.Once;
import io.waybill.core.idempotency.Remembered;
import io.waybill.core.idempotency.RequestKey;
import io.waybill.core.webhook.Courier;
import io.waybill.core.webhook.WebhookEndpoint;
import io.waybill.core.webhook.WebhookEvent;
import io.waybill.core.webhook.WebhookStores;
import io.waybill.core.work.Ports;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Sends an endpoint one signed event now, also when it is disabled, and answers what it said. The
 * endpoint is asked between two transactions.
 */
public final class TestWebhookEndpoint {

  public static final Remembered<Tested> REMEMBERED =
      new Remembered<>("TEST_WEBHOOK_ENDPOINT", Tested.class);

  private final Ports<? extends WebhookStores> ports;
  private final Dispatch dispatch;
  private final WebhookJournal journal;

  TestWebhookEndpoint(Ports<? extends WebhookStores> ports, Dispatch dispatch) {
    this.ports = ports;
    this.dispatch = dispatch;
    this.journal = new WebhookJournal(ports.ids());
  }

  /**
   * What the endpoint said.
   *
   * @param eventId of what it was sent, of type {@code webhook_endpoint.tested}
   * @param delivered whether its answer was a 2xx
   * @param statusCode of its answer; null when there was none
   * @param latencySeconds how long that took
   * @param error what was wrong; null when nothing was
   */
  public record Tested(
      UUID webhookEndpointId,
      UUID eventId,
      boolean delivered,
      @Nullable Integer statusCode,
      double latencySeconds,
      @Nullable String error) {}

  /** What is to be done after the first transaction. */
  private sealed interface Step {}

  private record Send(WebhookEndpoint endpoint) implements Step {}

  private record Answer(Tested before) implements Step {}

  public Verdict<Tested> handle(Caller caller, RequestKey requestKey, UUID webhookEndpointId) {
    Once<WebhookStores, Tested> once =
        Once.of(REMEMBERED, caller, requestKey, Fingerprint.of(REMEMBERED).add(webhookEndpointId));
    return once.alive(
        ports,
        () ->
            begin(once, caller, webhookEndpointId)
                .map(step ->
                    switch (step) {
                      case Answer(Tested before) -> before;
                      case Send(WebhookEndpoint endpoint) -> send(once, caller, endpoint);
                    }));
  }

  private Verdict<Step> begin(Once<WebhookStores, Tested> once, Caller caller, UUID id) {
    Instant now = ports.now();
    return ports
        .work()
        .write(tx ->
            pass(tx, caller, id, now)
                .then(endpoint ->
                    once.claim(
                        tx,
                        null,
                        now,
                        before -> Verdict.ok(new Answer(before)),
                        nothing -> Verdict.ok(new Send(endpoint)))));
  }

  private static Verdict<WebhookEndpoint> pass(
      WebhookStores tx, Caller caller, UUID id, Instant now) {
    Optional<WebhookEndpoint> found = tx.webhookEndpoints().find(caller.identity().tenantId(), id);
    return found.isEmpty()
        ? Gate.missing(ResourceKind.WEBHOOK_ENDPOINT)
        : Gate.pass(caller.identity(), Permission.ADMIN_UPLOADS, found.get().resource(), now)
            .map(ok -> found.get());
  }

  private Tested send(Once<WebhookStores, Tested> once, Caller caller, WebhookEndpoint endpoint) {
    OutboxEvent event = event(endpoint);
    Courier.Reply reply = dispatch.send(endpoint, event);
    Tested tested =
        new Tested(
            endpoint.webhookEndpointId(),
            event.eventId(),
            reply.error() == null,
            reply.status(),
            reply.millis() / 1000.0,
            reply.error());
    Instant now = ports.now();
    return ports
        .work()
        .commit(tx -> {
          Map<String, Object> details = new TreeMap<>();
          details.put("event_id", event.eventId().toString());
          details.put("delivered", tested.delivered());
          tx.events()
              .append(journal.wrote(WebhookEvent.TESTED, endpoint, caller.origin(), now, details));
          once.remember(tx, tested, now);
          return tested;
        });
  }

  private OutboxEvent event(WebhookEndpoint endpoint) {
    return new OutboxEvent(
        ports.ids().next(),
        endpoint.tenantId(),
        null,
        ResourceKind.WEBHOOK_ENDPOINT.code(),
        endpoint.webhookEndpointId(),
        endpoint.version(),
        WebhookEvent.TESTED.code(),
        ports.now(),
        Map.of("webhook_endpoint_id", endpoint.webhookEndpointId().toString()));
  }
}
