package io.waybill.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.app.CommitListener;
import io.waybill.core.app.Stores;
import io.waybill.core.delivery.Delivery;
import io.waybill.core.delivery.Sink;
import io.waybill.core.delivery.usecase.DeliveryUseCases;
import io.waybill.core.event.Facts;
import io.waybill.core.event.OutboxEvent;
import io.waybill.core.work.Ports;
import io.waybill.testkit.contract.Ids;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The relay on a real database: nothing is skipped, and nothing is told by two at once. */
class OutboxRelayTest {
  private static final UUID TENANT = Ids.next();
  private static final String TYPE = "upload.completed";

  private final PostgresSettings settings = TestPostgres.migrated().withPoolSize(6);
  private final PostgresUnitOfWork work = PostgresUnitOfWork.open(settings, CommitListener.NONE);
  private final Listening sink = new Listening();

  @AfterEach
  void close() {
    work.close();
  }

  @Test
  void a_late_commit_is_not_skipped() throws SQLException {
    UUID late = Ids.next();
    OutboxEvent early;
    try (Connection connection = Pool.driver(settings).getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute(
          """
          insert into outbox_events (id, tenant_id, aggregate_type, aggregate_id, sequence, type, occurred_at, payload)
          values ('%s', '%s', 'upload_session', gen_random_uuid(), 1, '%s', now(), '{}')
          """
              .formatted(late, TENANT, TYPE));
      early = write(Ids.next(), 1);
      relay();
      assertThat(sink.told).as("stays below the running transaction").isEmpty();
      connection.commit();
    }
    relay();

    assertThat(sink.told).extracting(OutboxEvent::eventId).containsExactly(late, early.eventId());
  }

  @Test
  void in_a_copy_of_the_database_the_stream_begins_anew_and_nothing_is_told_twice()
      throws SQLException {
    UUID thing = Ids.next();
    OutboxEvent told = write(thing, 1);
    relay();
    OutboxEvent untold = write(thing, 2);
    try (Connection connection = Pool.driver(settings).getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("update outbox_events set xid = '900000000000'");
      statement.execute("update outbox_cursors set xid = '900000000000', position = 1");
    }
    OutboxEvent later = write(thing, 3);
    relay();
    relay();

    assertThat(sink.told)
        .extracting(OutboxEvent::eventId)
        .containsExactly(told.eventId(), untold.eventId(), later.eventId());
  }

  @Test
  void relays_at_once_tell_each_event_once_and_each_thing_in_order() throws Exception {
    List<UUID> things = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      things.add(Ids.next());
    }
    List<Callable<Boolean>> all = new ArrayList<>();
    AtomicInteger writing = new AtomicInteger(2);
    for (int half = 0; half < 2; half++) {
      List<UUID> mine = things.subList(half * 20, half * 20 + 20);
      all.add(() -> {
        for (long sequence = 1; sequence <= 10; sequence++) {
          for (UUID thing : mine) {
            write(thing, sequence);
          }
        }
        return writing.decrementAndGet() >= 0;
      });
    }
    for (int i = 0; i < 3; i++) {
      all.add(() -> {
        while (writing.get() > 0) {
          relay();
        }
        return true;
      });
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Boolean> done : threads.invokeAll(all)) {
        assertThat(done.get()).isTrue();
      }
    }
    relay();

    assertThat(sink.overlaps).hasValue(0);
    assertThat(sink.told).hasSize(400).doesNotHaveDuplicates();
    for (UUID thing : things) {
      assertThat(sink.told)
          .filteredOn(event -> event.aggregateId().equals(thing))
          .extracting(OutboxEvent::sequence)
          .isSorted()
          .hasSize(10);
    }
  }

  private OutboxEvent write(UUID aggregate, long sequence) {
    OutboxEvent event =
        new OutboxEvent(
            Ids.next(),
            TENANT,
            null,
            "upload_session",
            aggregate,
            sequence,
            TYPE,
            InstantSource.system().instant(),
            Map.of("status", "COMPLETED"));
    return work.commit(tx -> {
      tx.events().append(new Facts(List.of(), List.of(), List.of(event)));
      return event;
    });
  }

  /** Rounds until there is nothing more to tell. */
  private void relay() {
    Ports<Stores> ports = TestPorts.over(work, InstantSource.system());
    var relay = DeliveryUseCases.over(ports).relayTo().apply(sink);
    while (relay.handle().more()) {
      // there is more
    }
  }

  private static final class Listening implements Sink {
    final List<OutboxEvent> told = java.util.Collections.synchronizedList(new ArrayList<>());
    final AtomicInteger overlaps = new AtomicInteger();
    private final Set<UUID> beingTold = ConcurrentHashMap.newKeySet();

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
      for (Delivery one : batch) {
        if (!beingTold.add(one.event().aggregateId())) {
          overlaps.incrementAndGet();
        }
      }
      for (Delivery one : batch) {
        told.add(one.event());
        beingTold.remove(one.event().aggregateId());
      }
      return batch.stream().<Outcome>map(one -> new Delivered()).toList();
    }
  }
}
