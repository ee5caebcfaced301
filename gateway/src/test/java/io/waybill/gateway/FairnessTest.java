package io.waybill.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.Verdict;
import io.waybill.core.access.Identity;
import io.waybill.core.device.usecase.HearCommandReport.Heard;
import io.waybill.core.idempotency.Scope;
import io.waybill.core.idempotency.Unanswered;
import io.waybill.doors.ThreadWaits;
import io.waybill.gateway.GatewaySettings.Bounds;
import io.waybill.wire.Command;
import io.waybill.wire.DeviceNotice;
import io.waybill.wire.Envelope;
import io.waybill.wire.Request;
import io.waybill.wire.Topics;
import io.waybill.wire.Topics.Owner;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * How long one device waits behind the burst of another, counted in requests served: on a broker
 * that keeps one queue for a gateway, lets so many be unacknowledged, and sees acknowledgements in
 * the order of its messages only.
 */
@Timeout(120)
class FairnessTest {

  private static final int BURST = 640;
  private static final Topics TOPICS = new Topics(Topics.DEFAULT_PREFIX);

  private final Ticking desk = new Ticking();
  private final OneQueue broker = new OneQueue(Bounds.DEFAULT.receiveMaximum());
  private final AtomicInteger answers = new AtomicInteger();
  private final CompletableFuture<String> other = new CompletableFuture<>();

  @Test
  void a_device_waits_for_few_of_the_requests_of_a_burst_before_its_own() {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Dispatch dispatch = dispatch(threads);
      for (int i = 0; i < BURST; i++) {
        broker.queue(Plant.ROBOT_17, "burst-" + i);
      }
      broker.queue(Plant.ROBOT_18, "alone");
      broker.open(dispatch::arrive);

      int served = 0;
      while (!other.isDone()) {
        Awaitility.await()
            .pollInterval(Duration.ofMillis(1))
            .until(() -> other.isDone() || isAtRest());
        desk.ticks.release();
        served++;
      }
      assertThat(other.join()).contains("\"alone\"");
      assertThat(served).as("requests served before it, of " + BURST).isLessThan(BURST / 5);
      desk.ticks.release(2 * BURST);
    }
  }

  /** Whatever can be answered without the desk is answered: one is served, and so many wait. */
  private boolean isAtRest() {
    int held = broker.delivered() - answers.get();
    return desk.ticks.hasQueuedThreads() && held <= 2 + Bounds.DEFAULT.waitingPerDevice();
  }

  private Dispatch dispatch(Executor threads) {
    Egress egress =
        answer -> {
          answers.incrementAndGet();
          if (answer.topic().contains(Plant.ROBOT_18.deviceId().toString())) {
            other.complete(new String(answer.payload(), java.nio.charset.StandardCharsets.UTF_8));
          }
          return CompletableFuture.completedFuture(null);
        };
    return new Dispatch(
        TOPICS,
        Bounds.DEFAULT,
        desk,
        new GatewayMetrics(new Plant().metrics),
        new Dispatch.World(threads, new ThreadWaits(), egress));
  }

  /** A desk at which every request takes one tick. */
  private static final class Ticking implements Desk {
    private final Semaphore ticks = new Semaphore(0);
    private final Desk inner = new CoreDesk(new Plant().useCases);

    @Override
    public Verdict<Identity> identify(UUID tenantId, UUID deviceId, String requestId) {
      return inner.identify(tenantId, deviceId, requestId);
    }

    @Override
    public Verdict<?> carryOut(Call call) {
      ticks.acquireUninterruptibly();
      return Verdict.ok(Map.of());
    }

    @Override
    public Verdict<Heard> hear(UUID tenantId, UUID deviceId, DeviceNotice.Result result) {
      return inner.hear(tenantId, deviceId, result);
    }

    @Override
    public Verdict<Boolean> hear(UUID tenantId, UUID deviceId, DeviceNotice.Presence presence) {
      return inner.hear(tenantId, deviceId, presence);
    }

    @Override
    public List<Unanswered> claimOwed() {
      return List.of();
    }

    @Override
    public void answered(Scope scope) {}
  }

  /** One queue, one window. */
  private static final class OneQueue {
    private final int window;
    private final Queue<Message> queued = new ArrayDeque<>();
    private final Queue<Message> unacknowledged = new ArrayDeque<>();
    private Consumer<Arrival> client = arrival -> {};
    private int delivered;

    private static final class Message {
      final Owner owner;
      final String requestId;
      boolean isAcknowledged;

      Message(Owner owner, String requestId) {
        this.owner = owner;
        this.requestId = requestId;
      }
    }

    OneQueue(int window) {
      this.window = window;
    }

    void queue(Owner owner, String requestId) {
      queued.add(new Message(owner, requestId));
    }

    synchronized int delivered() {
      return delivered;
    }

    synchronized void open(Consumer<Arrival> newClient) {
      client = newClient;
      deliver();
    }

    private synchronized void acknowledge(Message message) {
      message.isAcknowledged = true;
      while (!unacknowledged.isEmpty() && unacknowledged.element().isAcknowledged) {
        unacknowledged.remove();
      }
      deliver();
    }

    private void deliver() {
      while (unacknowledged.size() < window && !queued.isEmpty()) {
        Message message = queued.remove();
        unacknowledged.add(message);
        delivered++;
        client.accept(
            new Arrival(
                TOPICS.of(message.owner, Topics.Kind.REQUEST),
                () -> Envelope.encode(Request.of(message.requestId, null, new Command.Describe())),
                true,
                new Arrival.Properties(null, null, null),
                () -> acknowledge(message)));
      }
    }
  }
}
