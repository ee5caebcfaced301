package io.waybill.core.delivery.usecase;

import io.waybill.core.Verdict;
import io.waybill.core.access.Caller;
import io.waybill.core.access.Gate;
import io.waybill.core.access.Permission;
import io.waybill.core.access.Resource;
import io.waybill.core.access.ResourceKind;
import io.waybill.core.delivery.Delivery;
import io.waybill.core.delivery.DeliveryAnswer;
import io.waybill.core.delivery.DeliveryEvent;
import io.waybill.core.delivery.DeliveryStores;
import io.waybill.core.event.Facts;
import io.waybill.core.event.Journal;
import io.waybill.core.idempotency.Fingerprint;
import io.waybill.core.idempotency.Once;
import io.waybill.core.idempotency.Remembered;
import io.waybill.core.idempotency.RequestKey;
import io.waybill.core.work.Ports;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Has a dead letter, or what was delivered, told again; what is under way is left alone. */
public final class ReplayDelivery {

  public static final Remembered<DeliveryAnswer> REMEMBERED =
      new Remembered<>("REPLAY_DELIVERY", DeliveryAnswer.class);

  private final Ports<? extends DeliveryStores> ports;
  private final Journal journal;

  ReplayDelivery(Ports<? extends DeliveryStores> ports) {
    this.ports = ports;
    this.journal = new Journal(ports.ids());
  }

  public Verdict<DeliveryAnswer> handle(Caller caller, RequestKey requestKey, UUID deliveryId) {
    Instant now = ports.now();
    Once<DeliveryStores, DeliveryAnswer> once =
        Once.of(REMEMBERED, caller, requestKey, Fingerprint.of(REMEMBERED).add(deliveryId));
    Resource delivery =
        Resource.tenant(caller.identity().tenantId())
            .under(ResourceKind.OUTBOX_DELIVERY, deliveryId);
    return Gate.pass(caller.identity(), Permission.ADMIN_UPLOADS, delivery, now)
        .then(ok ->
            ports
                .work()
                .write(tx -> once.within(tx, now, () -> replay(tx, caller, delivery, now))));
  }

  private Verdict<DeliveryAnswer> replay(
      DeliveryStores tx, Caller caller, Resource delivery, Instant now) {
    Optional<Delivery> found =
        tx.deliveries().replay(delivery.tenantId(), delivery.self().id(), now);
    if (found.isEmpty()) {
      return Gate.missing(ResourceKind.OUTBOX_DELIVERY);
    }
    Delivery again = found.get();
    tx.events()
        .append(
            Facts.of(
                journal.audit(
                    DeliveryEvent.REPLAYED,
                    delivery,
                    caller.origin(),
                    now,
                    Map.of(
                        "sink",
                        again.sink(),
                        "event_id",
                        again.event().eventId().toString(),
                        "event_type",
                        again.event().type()))));
    return Verdict.ok(DeliveryAnswer.of(again));
  }
}
