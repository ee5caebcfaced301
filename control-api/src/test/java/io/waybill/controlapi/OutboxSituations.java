package io.waybill.controlapi;

import io.waybill.core.ErrorCode;
import io.waybill.core.delivery.Delivery;
import io.waybill.core.delivery.DeliveryStatus;
import io.waybill.core.delivery.DeliveryStore.Share;
import io.waybill.core.delivery.Sink;
import io.waybill.testkit.contract.Ids;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** What the routes of the outbox need to answer well, and to refuse. */
final class OutboxSituations {
  static final String OUTBOX = "/v1/admin/outbox";
  private static final Sink.Interest INTEREST =
      new Sink.OfTypes(Set.of("upload.task_created"), false);
  private static final int ALL = 100_000;

  private OutboxSituations() {}

  /** Makes uploads of dead letters to a sink that nobody has told anything before. */
  static List<Delivery> dead(TestWorld world, int uploads) {
    String sink = "sink-" + Ids.next();
    Instant now = world.time.instant();
    claim(world, sink, now);
    for (int i = 0; i < uploads; i++) {
      HttpUploads.in(world).create(1);
    }
    return claim(world, sink, now);
  }

  private static List<Delivery> claim(TestWorld world, String sink, Instant now) {
    return world.rows.commit(tx -> {
      tx.deliveries().fanOut(sink, INTEREST, Ids::next, now, ALL);
      List<Delivery> dead =
          tx.deliveries().claim(Share.of(sink, ALL), now, now.plusSeconds(60)).stream()
              .map(one -> refused(one, now))
              .toList();
      tx.deliveries().settle(dead);
      return dead;
    });
  }

  private static Delivery refused(Delivery one, Instant now) {
    return new Delivery(
        one.deliveryId(),
        one.sink(),
        one.endpoint(),
        one.event(),
        DeliveryStatus.DEAD_LETTERED,
        Delivery.MOST_ATTEMPTS,
        one.claim(),
        now,
        null,
        "refused");
  }

  /** The path at which a dead letter is replayed. */
  static String path(TestWorld world) {
    return replay(dead(world, 1).getFirst());
  }

  static String replay(Delivery one) {
    return OUTBOX + "/" + one.deliveryId() + "/replay";
  }

  static void add(Map<ErrorCode, Supplier<HttpAnswer>> mistakes, TestWorld world) {
    WebhookSituations.add(mistakes, world);
    RecoverySituations.add(mistakes, world);
    mistakes.put(
        ErrorCode.OUTBOX_DELIVERY_NOT_FOUND,
        () -> world.as(TestWorld.ADMIN).post(OUTBOX + "/" + TestWorld.id(0xffff) + "/replay", ""));
  }
}
