package io.waybill.core.delivery.usecase;

import io.waybill.core.Page;
import io.waybill.core.Verdict;
import io.waybill.core.access.Caller;
import io.waybill.core.access.Gate;
import io.waybill.core.access.Permission;
import io.waybill.core.access.Resource;
import io.waybill.core.delivery.DeliveryAnswer;
import io.waybill.core.delivery.DeliveryStatus;
import io.waybill.core.delivery.DeliveryStore;
import io.waybill.core.delivery.DeliveryStores;
import io.waybill.core.work.Ports;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a tenant's events have become on their way to sinks, newest first. */
public final class ListDeliveries {

  private final Ports<? extends DeliveryStores> ports;

  ListDeliveries(Ports<? extends DeliveryStores> ports) {
    this.ports = ports;
  }

  /**
   * One page; null means that it may be anything.
   *
   * @param before the last id of the page before; null for the first page
   */
  public record Request(
      @Nullable DeliveryStatus status, @Nullable String sink, @Nullable UUID before, int limit) {}

  public Verdict<Page<DeliveryAnswer>> handle(Caller caller, Request request) {
    UUID tenant = caller.identity().tenantId();
    return Gate.pass(
            caller.identity(), Permission.ADMIN_UPLOADS, Resource.tenant(tenant), ports.now())
        .map(ok -> page(tenant, request));
  }

  private Page<DeliveryAnswer> page(UUID tenant, Request request) {
    DeliveryStore.Query query =
        new DeliveryStore.Query(
            tenant, request.status(), request.sink(), request.before(), request.limit() + 1);
    List<DeliveryAnswer> found =
        ports.work().read(tx -> tx.deliveries().list(query)).stream()
            .map(DeliveryAnswer::of)
            .toList();
    return Page.of(found, request.limit(), DeliveryAnswer::deliveryId);
  }
}
