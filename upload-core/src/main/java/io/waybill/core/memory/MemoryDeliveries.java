package io.waybill.core.memory;

import io.waybill.core.delivery.Backlog;
import io.waybill.core.delivery.Delivery;
import io.waybill.core.delivery.DeliveryStatus;
import io.waybill.core.delivery.DeliveryStore;
import io.waybill.core.delivery.Sink;
import io.waybill.core.event.OutboxEvent;
import io.waybill.core.work.IdSource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Events are committed whole and one after the other: their order is that of commits. */
record MemoryDeliveries(MemoryTransaction tx) implements DeliveryStore {

  private static final Table<UUID, Row> DELIVERIES = Table.of("outbox_deliveries");
  private static final Table<String, Cursor> CURSORS = Table.of("outbox_cursors");

  /**
   * A row.
   *
   * @param position of its event
   */
  private record Row(Delivery delivery, int position) {}

  /** How many events a sink was made deliveries of, and whether there may be more. */
  private record Cursor(int next, boolean isBehind) {}

  @Override
  public Looked fanOut(String sink, Sink.Interest interest, IdSource ids, Instant now, int limit) {
    Rows<String, Cursor> cursors = tx.of(CURSORS);
    if (!cursors.isFree(sink)) {
      return Looked.NOTHING;
    }
    Cursor known = cursor(sink);
    List<OutboxEvent> all = tx.outbox();
    int end = Math.min(all.size(), known.next() + limit);
    boolean isBehind = end - known.next() == limit;
    if (end == known.next() && isBehind == known.isBehind() && cursors.get(sink) != null) {
      return Looked.NOTHING;
    }
    cursors.put(sink, new Cursor(end, isBehind));
    for (int position = known.next(); position < end; position++) {
      OutboxEvent event = all.get(position);
      for (String endpoint : wanting(event, interest)) {
        put(new Row(fresh(ids.next(), sink, endpoint, event, now), position));
      }
    }
    return new Looked(end - known.next(), false);
  }

  int pendingBefore(Instant since, int most) {
    return (int)
        tx.of(DELIVERIES).values().stream()
            .map(Row::delivery)
            .filter(one -> one.status() == DeliveryStatus.PENDING)
            .filter(one -> one.event().occurredAt().isBefore(since))
            .limit(most)
            .count();
  }

  private Cursor cursor(String sink) {
    Cursor known = tx.of(CURSORS).get(sink);
    return known == null ? new Cursor(0, false) : known;
  }

  private List<String> wanting(OutboxEvent event, Sink.Interest interest) {
    return switch (interest) {
      case Sink.OfTypes(var types, boolean ofDevices) ->
          types.contains(event.type()) && (!ofDevices || event.deviceId().isPresent())
              ? List.of("")
              : List.of();
      case Sink.OfEndpoints(var onlyByName) ->
          tx.of(MemoryWebhookEndpoints.ENDPOINTS).values().stream()
              .filter(one -> one.tenantId().equals(event.tenantId()))
              .filter(one -> one.wants(event.type(), onlyByName))
              .map(one -> one.webhookEndpointId().toString())
              .toList();
    };
  }

  private static Delivery fresh(
      UUID id, String sink, String endpoint, OutboxEvent event, Instant now) {
    return new Delivery(id, sink, endpoint, event, DeliveryStatus.PENDING, 0, 0, now, null, null);
  }

  private void put(Row row) {
    tx.of(DELIVERIES).put(row.delivery().deliveryId(), row);
  }

  @Override
  public List<Delivery> claim(Share share, Instant now, Instant until) {
    if (cursor(share.sink()).isBehind()) {
      return List.of();
    }
    Map<String, Integer> toEndpoint = new HashMap<>();
    List<Row> due =
        pending(share.sink())
            .filter(row -> !share.except().contains(row.delivery().endpoint()))
            .filter(row -> !row.delivery().nextAttemptAt().isAfter(now) && isNext(row))
            .filter(row -> tx.of(DELIVERIES).isFree(row.delivery().deliveryId()))
            .sorted(
                Comparator.comparing((Row row) -> row.delivery().nextAttemptAt())
                    .thenComparingInt(Row::position))
            .filter(row ->
                !share.isOfEndpoints()
                    || toEndpoint.merge(row.delivery().endpoint(), 1, Integer::sum) <= share.each())
            .limit(share.limit())
            .toList();
    List<Delivery> claimed = new ArrayList<>();
    for (Row row : due) {
      Row mine = new Row(claimed(row.delivery(), until), row.position());
      put(mine);
      claimed.add(mine.delivery());
    }
    return claimed;
  }

  private Stream<Row> pending(String sink) {
    return tx.of(DELIVERIES).values().stream()
        .filter(row -> row.delivery().sink().equals(sink))
        .filter(row -> row.delivery().status() == DeliveryStatus.PENDING);
  }

  private boolean isNext(Row row) {
    UUID aggregate = row.delivery().event().aggregateId();
    return pending(row.delivery().sink())
        .noneMatch(other ->
            other.position() < row.position()
                && other.delivery().endpoint().equals(row.delivery().endpoint())
                && other.delivery().event().aggregateId().equals(aggregate));
  }

  private static Delivery claimed(Delivery due, Instant until) {
    boolean isTriedOut = due.attempts() >= Delivery.MOST_ATTEMPTS;
    return new Delivery(
        due.deliveryId(),
        due.sink(),
        due.endpoint(),
        due.event(),
        isTriedOut ? DeliveryStatus.DEAD_LETTERED : DeliveryStatus.PENDING,
        isTriedOut ? due.attempts() : due.attempts() + 1,
        due.claim() + 1,
        until,
        null,
        due.lastError());
  }

  @Override
  public int settle(List<Delivery> outcomes) {
    int written = 0;
    for (Delivery outcome : outcomes) {
      Row row = tx.of(DELIVERIES).get(outcome.deliveryId());
      if (row != null
          && row.delivery().status() == DeliveryStatus.PENDING
          && row.delivery().claim() == outcome.claim()) {
        put(new Row(outcome, row.position()));
        written++;
      }
    }
    return written;
  }

  @Override
  public List<Delivery> list(Query query) {
    return tx.of(DELIVERIES).values().stream()
        .map(Row::delivery)
        .filter(one -> one.event().tenantId().equals(query.tenantId()))
        .filter(one -> query.status() == null || one.status() == query.status())
        .filter(one -> query.sink() == null || one.sink().equals(query.sink()))
        .filter(one -> query.before() == null || one.deliveryId().compareTo(query.before()) < 0)
        .sorted(Comparator.comparing(Delivery::deliveryId).reversed())
        .limit(query.limit())
        .toList();
  }

  @Override
  public Optional<Delivery> replay(UUID tenantId, UUID deliveryId, Instant now) {
    Optional<Row> found =
        tx.of(DELIVERIES)
            .lock(deliveryId)
            .filter(row -> row.delivery().event().tenantId().equals(tenantId));
    found
        .filter(row -> row.delivery().status() != DeliveryStatus.PENDING)
        .ifPresent(row -> put(new Row(again(row.delivery(), now), row.position())));
    return found.map(row -> tx.of(DELIVERIES).get(deliveryId)).map(Row::delivery);
  }

  private static Delivery again(Delivery ended, Instant now) {
    return new Delivery(
        ended.deliveryId(),
        ended.sink(),
        ended.endpoint(),
        ended.event(),
        DeliveryStatus.PENDING,
        0,
        ended.claim() + 1,
        now,
        null,
        ended.lastError());
  }

  @Override
  public List<Backlog> backlog(int most) {
    return tx.of(CURSORS).keys().stream().map(sink -> backlog(sink, most)).toList();
  }

  private Backlog backlog(String sink, int most) {
    List<Instant> left =
        Stream.concat(
                pending(sink).map(row -> row.delivery().event()),
                tx.outbox().stream().skip(cursor(sink).next()))
            .map(OutboxEvent::occurredAt)
            .limit(most)
            .toList();
    @Nullable Instant oldest = left.stream().min(Comparator.naturalOrder()).orElse(null);
    return new Backlog(sink, left.size(), oldest);
  }

  /** What was written stays: on maps only the deliveries go. */
  @Override
  public int forget(Instant now, Keeping keeping, int limit) {
    List<UUID> old =
        tx.of(DELIVERIES).values().stream()
            .filter(row -> isOld(row.delivery(), now, keeping))
            .sorted(Comparator.comparingInt(Row::position))
            .limit(limit)
            .map(row -> row.delivery().deliveryId())
            .toList();
    old.forEach(id -> tx.of(DELIVERIES).remove(id));
    return old.size();
  }

  private static boolean isOld(Delivery one, Instant now, Keeping keeping) {
    return switch (one.status()) {
      case PENDING -> false;
      case DELIVERED -> !one.nextAttemptAt().isAfter(now.minus(keeping.events()));
      case DEAD_LETTERED -> !one.nextAttemptAt().isAfter(now.minus(keeping.deadLetters()));
    };
  }
}
