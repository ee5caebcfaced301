package io.waybill.core.webhook;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Webhook endpoints. Every query is a tenant's. */
public interface WebhookEndpointStore {

  /**
   * Adds one. False when its tenant has as many as it may; then nothing is written.
   *
   * @param most how many that is
   */
  boolean insert(WebhookEndpoint endpoint, int most);

  Optional<WebhookEndpoint> find(UUID tenantId, UUID webhookEndpointId);

  /** The endpoint as it is now. Nobody else changes it until the transaction ends. */
  Optional<WebhookEndpoint> lock(UUID tenantId, UUID webhookEndpointId);

  /** Writes a locked one as it shall be. */
  void update(WebhookEndpoint endpoint);

  /** Takes a locked one away. */
  void delete(WebhookEndpoint endpoint);

  /**
   * Newest first. Ids are UUIDv7: their order is the order of creation.
   *
   * @param before the last id of the page before; null for the first page
   */
  record Query(UUID tenantId, @Nullable UUID before, int limit) {}

  List<WebhookEndpoint> list(Query query);
}
