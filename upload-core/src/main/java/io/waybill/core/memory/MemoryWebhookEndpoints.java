package io.waybill.core.memory;

import io.waybill.core.webhook.WebhookEndpoint;
import io.waybill.core.webhook.WebhookEndpointStore;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

record MemoryWebhookEndpoints(MemoryTransaction tx) implements WebhookEndpointStore {

  static final Table<UUID, WebhookEndpoint> ENDPOINTS = Table.of("webhook_endpoints");

  @Override
  public boolean insert(WebhookEndpoint endpoint, int most) {
    boolean fits = of(endpoint.tenantId()).count() < most;
    if (fits) {
      update(endpoint);
    }
    return fits;
  }

  @Override
  public Optional<WebhookEndpoint> find(UUID tenantId, UUID webhookEndpointId) {
    return Optional.ofNullable(tx.of(ENDPOINTS).get(webhookEndpointId))
        .filter(one -> one.tenantId().equals(tenantId));
  }

  @Override
  public Optional<WebhookEndpoint> lock(UUID tenantId, UUID webhookEndpointId) {
    return tx.of(ENDPOINTS).lock(webhookEndpointId).filter(one -> one.tenantId().equals(tenantId));
  }

  @Override
  public void update(WebhookEndpoint endpoint) {
    tx.of(ENDPOINTS).put(endpoint.webhookEndpointId(), endpoint);
  }

  @Override
  public void delete(WebhookEndpoint endpoint) {
    tx.of(ENDPOINTS).remove(endpoint.webhookEndpointId());
  }

  @Override
  public List<WebhookEndpoint> list(Query query) {
    return of(query.tenantId())
        .filter(
            one -> query.before() == null || one.webhookEndpointId().compareTo(query.before()) < 0)
        .sorted(Comparator.comparing(WebhookEndpoint::webhookEndpointId).reversed())
        .limit(query.limit())
        .toList();
  }

  private Stream<WebhookEndpoint> of(UUID tenantId) {
    return tx.of(ENDPOINTS).values().stream().filter(one -> one.tenantId().equals(tenantId));
  }
}
