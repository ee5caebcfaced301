package io.waybill.workers;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.waybill.core.Outage;
import io.waybill.core.delivery.Delivery;
import io.waybill.core.delivery.DeliveryStatus;
import io.waybill.core.delivery.Sink;
import io.waybill.core.delivery.usecase.ClaimDeliveries;
import io.waybill.core.delivery.usecase.DeliveryUseCases;
import io.waybill.core.delivery.usecase.SettleDelivery;
import io.waybill.core.trace.Span;
import io.waybill.core.trace.Tracer;
import io.waybill.core.work.Pass;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the endpoints of a sink what has happened, each at its own pace: every delivery has a
 * thread of its own, and an endpoint that has enough of them under way gets no more until some are
 * back. What is bounded is bounded for each endpoint, so that no slow one takes another one's
 * place.
 */
final class EndpointRelay implements Round {

  private static final Logger LOG = LoggerFactory.getLogger(EndpointRelay.class);

  /** Claimed of one endpoint at once; it has twice as many under way at most. */
  private static final int EACH = 8;

  /** Claimed of all of them. */
  static final int AT_ONCE = 200;

  private static final Duration BREATH = Duration.ofSeconds(1);

  private final Sink sink;
  private final Tracer tracer;
  private final String job;
  private final ClaimDeliveries claim;
  private final SettleDelivery settle;
  private final Map<DeliveryStatus, Counter> outcomes;
  private final Map<String, Integer> underWay = new ConcurrentHashMap<>();
  private final HeldBack heldBack = new HeldBack();
  private final Alarm news;
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("webhook-", 0).factory());

  /**
   * A relay to one sink.
   *
   * @param news rung when something has happened, and by itself when an endpoint has answered
   */
  EndpointRelay(Sink sink, DeliveryUseCases cases, Watch watch, Alarm news) {
    MeterRegistry registry = watch.registry();
    this.news = news;
    this.sink = new TracedSink(sink, watch.tracer());
    this.tracer = watch.tracer();
    this.job = "deliver-" + sink.name();
    this.claim = cases.claimFor().apply(sink);
    this.settle = cases.settle();
    this.outcomes =
        Map.of(
            DeliveryStatus.DELIVERED,
            registry.counter("outbox_events_delivered", "sink", sink.name()),
            DeliveryStatus.PENDING,
            registry.counter("outbox_events_failed", "sink", sink.name()),
            DeliveryStatus.DEAD_LETTERED,
            registry.counter("outbox_events_dead_lettered", "sink", sink.name()));
  }

  @Override
  public Pass run() throws InterruptedException {
    heldBack.note(false);
    ClaimDeliveries.Claimed claimed = claim.handle(busy(), EACH, AT_ONCE);
    heldBack.note(claimed.isHeldBack());
    counter(DeliveryStatus.DEAD_LETTERED).increment(claimed.deadLettered());
    for (Delivery one : claimed.toTell()) {
      underWay.merge(one.endpoint(), 1, Integer::sum);
      threads.execute(() -> tell(one));
    }
    int items = claimed.toTell().size() + claimed.deadLettered();
    if (underWay.isEmpty()) {
      return new Pass(items, claimed.hasMoreToLookAt() || claimed.deadLettered() > 0);
    }
    // What waits for one that is under way is found when it is back; what is due again, in a
    // second.
    news.await(heldBack.pause(BREATH));
    return new Pass(items, true);
  }

  /** The end of a transaction that something waits for is told by nobody: it is looked for. */
  @Override
  public Duration pause(Duration period) {
    return heldBack.pause(period);
  }

  private Set<String> busy() {
    return underWay.entrySet().stream()
        .filter(one -> one.getValue() > EACH)
        .map(Map.Entry::getKey)
        .collect(Collectors.toUnmodifiableSet());
  }

  private void tell(Delivery one) {
    try (Span _ = tracer.arrived("worker", job, null)) {
      Sink.Outcome outcome = sink.tell(List.of(one)).getFirst();
      DeliveryStatus status = settle.handle(one, outcome);
      counter(status).increment();
      if (status == DeliveryStatus.DEAD_LETTERED) {
        LOG.warn(
            "deliver {}: an event became a dead letter; GET /v1/admin/outbox?status=DEAD_LETTERED"
                + " says why",
            sink.name());
      }
    } catch (Outage e) {
      LOG.debug("deliver {}: {}; told again when its lease ends", sink.name(), e.what());
    } catch (RuntimeException e) {
      LOG.atError()
          .setMessage("deliver {}: a defect; told again when its lease ends")
          .addArgument(sink.name())
          .setCause(e)
          .log();
    } finally {
      underWay.computeIfPresent(one.endpoint(), (id, many) -> many == 1 ? null : many - 1);
      news.ring();
    }
  }

  private Counter counter(DeliveryStatus status) {
    return Objects.requireNonNull(outcomes.get(status));
  }

  /** Waits for what is under way, which has ends of its own. */
  @Override
  public void close() {
    threads.close();
  }
}
