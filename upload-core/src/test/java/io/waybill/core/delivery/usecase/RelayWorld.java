package io.waybill.core.delivery.usecase;

import io.waybill.core.delivery.Delivery;
import io.waybill.core.delivery.DeliveryStatus;
import io.waybill.core.delivery.DeliveryStore.Query;
import io.waybill.core.delivery.Sink;
import io.waybill.core.event.Facts;
import io.waybill.core.event.OutboxEvent;
import io.waybill.core.memory.ManualTime;
import io.waybill.core.memory.MemoryDatabase;
import io.waybill.core.memory.MemoryHeartbeat;
import io.waybill.core.memory.MemoryObjectStore;
import io.waybill.core.memory.MemorySigner;
import io.waybill.core.memory.SequentialIds;
import io.waybill.core.work.Ports;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/** Events on maps, and a sink that answers as it is told to. */
final class RelayWorld implements Sink {
  static final UUID TENANT = new UUID(1, 1);
  private static final String TYPE = "upload.completed";

  final ManualTime time = new ManualTime(Instant.parse("2026-11-23T08:00:00Z"));
  final MemoryDatabase database = new MemoryDatabase();
  final List<OutboxEvent> told = new ArrayList<>();

  /** What it answers. */
  Function<Delivery, Outcome> answer = one -> new Delivered();

  private final SequentialIds ids = new SequentialIds();
  final DeliveryUseCases cases =
      DeliveryUseCases.over(
          new Ports<>(
              database,
              new MemoryObjectStore(Set.of()),
              new MemorySigner(),
              ids,
              time,
              new MemoryHeartbeat()));

  @Override
  public String name() {
    return "test";
  }

  @Override
  public Interest interest() {
    return new OfTypes(Set.of(TYPE), false);
  }

  @Override
  public List<Outcome> tell(List<Delivery> batch) {
    List<Outcome> outcomes = batch.stream().map(answer).toList();
    for (int i = 0; i < batch.size(); i++) {
      if (outcomes.get(i) instanceof Delivered) {
        told.add(batch.get(i).event());
      }
    }
    return outcomes;
  }

  RelayEvents relay() {
    return cases.relayTo().apply(this);
  }

  /** Something happens. */
  OutboxEvent happens(UUID aggregate, long sequence) {
    OutboxEvent event =
        new OutboxEvent(
            ids.next(),
            TENANT,
            null,
            "upload_session",
            aggregate,
            sequence,
            TYPE,
            time.instant(),
            Map.of());
    database.commit(tx -> {
      tx.events().append(new Facts(List.of(), List.of(), List.of(event)));
      return event;
    });
    return event;
  }

  /** Every delivery, the newest first. */
  List<Delivery> all() {
    return database.read(tx -> tx.deliveries().list(new Query(TENANT, null, null, null, 1000)));
  }

  /** It is that late. */
  void isAt(Instant later) {
    time.advance(Duration.between(time.instant(), later));
  }

  Delivery only() {
    List<Delivery> all = all();
    if (all.size() != 1) {
      throw new IllegalStateException("not one: " + all);
    }
    return all.getFirst();
  }

  List<DeliveryStatus> statuses() {
    return all().stream().map(Delivery::status).distinct().toList();
  }
}
