package io.waybill.core.webhook;

import io.waybill.core.access.Resource;
import io.waybill.core.access.ResourceKind;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where a tenant's own system is told what happens.
 *
 * @param eventTypes what it has asked for: codes, {@code upload.*} for a group, {@code *} for all
 */
public record WebhookEndpoint(
    UUID webhookEndpointId,
    UUID tenantId,
    String url,
    @Nullable String description,
    List<String> eventTypes,
    WebhookStatus status,
    WebhookSecrets secrets,
    long version,
    Instant createdAt,
    Instant updatedAt) {

  /** No tenant has more. */
  public static final int MOST_OF_A_TENANT = 50;

  /** Stands for all types. */
  public static final String ALL = "*";

  public WebhookEndpoint {
    eventTypes = List.copyOf(eventTypes);
  }

  /** {@code upload.*}: what stands for all types that begin as this one does. */
  public static String groupOf(String type) {
    return type.substring(0, type.indexOf('.') + 1) + ALL;
  }

  /**
   * Whether it is told an event of this type now.
   *
   * @param onlyByName types that no pattern stands for
   */
  public boolean wants(String type, Set<String> onlyByName) {
    return status == WebhookStatus.ENABLED
        && (eventTypes.contains(type)
            || (!onlyByName.contains(type)
                && (eventTypes.contains(ALL) || eventTypes.contains(groupOf(type)))));
  }

  /** The same with what people say about it changed. */
  public WebhookEndpoint changed(
      String newUrl, @Nullable String newDescription, List<String> newTypes, Instant at) {
    return new WebhookEndpoint(
        webhookEndpointId,
        tenantId,
        newUrl,
        newDescription,
        newTypes,
        status,
        secrets,
        version + 1,
        createdAt,
        at);
  }

  /** The same, of this version, in this state and with these secrets. */
  public WebhookEndpoint being(WebhookStatus newStatus, WebhookSecrets newSecrets) {
    return new WebhookEndpoint(
        webhookEndpointId,
        tenantId,
        url,
        description,
        eventTypes,
        newStatus,
        newSecrets,
        version,
        createdAt,
        updatedAt);
  }

  /** What a caller must be let through to. */
  public Resource resource() {
    return Resource.tenant(tenantId).under(ResourceKind.WEBHOOK_ENDPOINT, webhookEndpointId);
  }
}
