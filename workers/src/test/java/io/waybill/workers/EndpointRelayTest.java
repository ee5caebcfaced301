package io.waybill.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.waybill.core.app.CommitListener;
import io.waybill.core.delivery.Delivery;
import io.waybill.core.delivery.Sink;
import io.waybill.core.event.Facts;
import io.waybill.core.event.OutboxEvent;
import io.waybill.core.webhook.WebhookEndpoint;
import io.waybill.core.webhook.WebhookSecrets;
import io.waybill.core.webhook.WebhookStatus;
import io.waybill.testkit.Plant;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** {@link EndpointRelay}: endpoints each at their own pace. */
class EndpointRelayTest {
  private static final UUID TENANT = new UUID(7, 1);
  private static final UUID SLOW = new UUID(7, 2);
  private static final UUID QUICK = new UUID(7, 3);
  private static final int EVENTS = 60;
  private static final Duration GRACE = Duration.ofSeconds(30);

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final Plant plant = new Plant(CommitListener.NONE);
  private final CountDownLatch slowAnswers = new CountDownLatch(1);
  private final AtomicInteger atTheSlow = new AtomicInteger();

  @Test
  void one_that_does_not_answer_holds_up_no_other_and_has_so_many_under_way_at_most() {
    endpoint(SLOW);
    endpoint(QUICK);
    for (int i = 1; i <= EVENTS; i++) {
      happens(i);
    }
    try (Workers _ = start(Duration.ofMillis(1), new Alarm())) {
      await().until(() -> delivered() == EVENTS);
      assertThat(atTheSlow.get()).isBetween(1, 16);
      slowAnswers.countDown();
      await().until(() -> delivered() == 2 * EVENTS);
    }
    assertThat(registry.counter("worker_errors", "worker", "deliver").count()).isZero();
  }

  @Test
  void what_happens_is_told_when_the_alarm_is_rung_although_nobody_looks_for_an_hour() {
    endpoint(QUICK);
    Alarm news = new Alarm();
    try (Workers _ = start(Duration.ofHours(1), news)) {
      for (int i = 1; i <= 20; i++) {
        happens(i);
        news.ring();
        int told = i;
        await().until(() -> delivered() == told);
      }
    }
  }

  private Workers start(Duration period, Alarm news) {
    EndpointRelay relay =
        new EndpointRelay(
            new SlowAndQuick(), plant.cases.deliveries(), Watch.counting(registry), news);
    JobMetrics metrics = new JobMetrics(Watch.counting(registry), "deliver", period);
    Job job = new Job("deliver", period, 200, relay, metrics, OutageLog.of("deliver"), news);
    return Workers.start(List.of(job), GRACE);
  }

  /** One of its endpoints answers when the test says so. */
  private final class SlowAndQuick implements Sink {
    @Override
    public String name() {
      return "test";
    }

    @Override
    public Interest interest() {
      return new OfEndpoints(Set.of());
    }

    @Override
    public List<Outcome> tell(List<Delivery> batch) {
      if (batch.getFirst().endpoint().equals(SLOW.toString())) {
        atTheSlow.incrementAndGet();
        try {
          slowAnswers.await();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
      return List.of(new Delivered());
    }
  }

  private int delivered() {
    return (int) registry.counter("outbox_events_delivered", "sink", "test").count();
  }

  private void endpoint(UUID id) {
    plant.database.commit(tx -> {
      tx.webhookEndpoints()
          .insert(
              new WebhookEndpoint(
                  id,
                  TENANT,
                  "https://a.example/",
                  null,
                  List.of("*"),
                  WebhookStatus.ENABLED,
                  WebhookSecrets.of("sealed"),
                  1,
                  Instant.EPOCH,
                  Instant.EPOCH),
              10);
      return id;
    });
  }

  private void happens(int number) {
    OutboxEvent event =
        new OutboxEvent(
            new UUID(8, number),
            TENANT,
            null,
            "upload_session",
            new UUID(9, number),
            1,
            "upload.completed",
            Instant.EPOCH,
            Map.of());
    plant.database.commit(tx -> {
      tx.events().append(new Facts(List.of(), List.of(), List.of(event)));
      return event;
    });
  }
}
