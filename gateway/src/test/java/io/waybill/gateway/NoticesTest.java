package io.waybill.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.waybill.core.Verdict;
import io.waybill.core.access.Identity;
import io.waybill.core.device.usecase.HearCommandReport.Heard;
import io.waybill.core.idempotency.Scope;
import io.waybill.core.idempotency.Unanswered;
import io.waybill.doors.ThreadWaits;
import io.waybill.gateway.GatewaySettings.Bounds;
import io.waybill.wire.DeviceNotice;
import io.waybill.wire.Topics;
import io.waybill.wire.Topics.Kind;
import io.waybill.wire.Topics.Owner;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A whole fleet says at once that it is there. */
@Timeout(60)
class NoticesTest {
  private static final int DEVICES = 500;
  private static final Topics TOPICS = new Topics(Topics.DEFAULT_PREFIX);

  private final CountDownLatch gate = new CountDownLatch(1);
  private final AtomicInteger atOnce = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();
  private final AtomicInteger acknowledged = new AtomicInteger();

  @Test
  void few_of_them_are_written_down_at_a_time_and_all_in_the_end() {
    Dispatch dispatch =
        new Dispatch(
            TOPICS,
            Bounds.DEFAULT,
            new SlowDesk(),
            new GatewayMetrics(new SimpleMeterRegistry()),
            new Dispatch.World(
                work -> Thread.ofVirtual().start(work),
                new ThreadWaits(),
                message -> CompletableFuture.completedFuture(null)));
    for (int device = 0; device < DEVICES; device++) {
      dispatch.arrive(presence());
    }
    Awaitility.await().until(() -> atOnce.get() == 2);
    assertThat(dispatch.inside()).isEqualTo(DEVICES);

    gate.countDown();

    Awaitility.await().until(() -> acknowledged.get() == DEVICES);
    assertThat(most).hasValue(2);
  }

  private Arrival presence() {
    byte[] payload = new DeviceNotice.Presence(true, "" + UUID.randomUUID(), null).encode();
    return new Arrival(
        TOPICS.of(new Owner(UUID.randomUUID(), UUID.randomUUID()), Kind.PRESENCE),
        () -> payload,
        true,
        new Arrival.Properties(null, null, null),
        acknowledged::incrementAndGet);
  }

  /** Writes down what it hears once the gate is open. */
  private final class SlowDesk implements Desk {
    @Override
    public Verdict<Boolean> hear(UUID tenantId, UUID deviceId, DeviceNotice.Presence presence) {
      most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
      try {
        gate.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      atOnce.decrementAndGet();
      return Verdict.ok(true);
    }

    @Override
    public Verdict<Heard> hear(UUID tenantId, UUID deviceId, DeviceNotice.Result result) {
      throw new AssertionError("nobody asks for this here");
    }

    @Override
    public Verdict<Identity> identify(UUID tenantId, UUID deviceId, String requestId) {
      throw new AssertionError("nobody asks for this here");
    }

    @Override
    public Verdict<?> carryOut(Call call) {
      throw new AssertionError("nobody asks for this here");
    }

    @Override
    public List<Unanswered> claimOwed() {
      return List.of();
    }

    @Override
    public void answered(Scope scope) {
      throw new AssertionError("nobody asks for this here");
    }
  }
}
