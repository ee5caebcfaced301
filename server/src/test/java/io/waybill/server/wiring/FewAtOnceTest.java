package io.waybill.server.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.waybill.core.Outage;
import io.waybill.core.Verdict;
import io.waybill.core.work.Work;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Units of work that take turns. */
class FewAtOnceTest {
  private final AtomicInteger begun = new AtomicInteger();
  private final Work<String> few = new FewAtOnce<>(new Stores(), 2, Duration.ofMinutes(1));

  /** There is nothing in them. */
  private static final class Stores implements Work<String> {
    @Override
    public <T> Verdict<T> write(Function<? super String, Verdict<T>> work) {
      return work.apply("");
    }

    @Override
    public <T> T read(Function<? super String, T> work) {
      return work.apply("");
    }
  }

  @Test
  void the_third_waits_until_one_of_two_is_over() throws InterruptedException {
    CountDownLatch hold = new CountDownLatch(1);
    Thread first = Thread.startVirtualThread(() -> few.read(tx -> held(hold)));
    Thread second = Thread.startVirtualThread(() -> few.commit(tx -> held(hold)));
    await().until(() -> begun.get() == 2);
    Thread third = Thread.startVirtualThread(() -> few.alone(tx -> held(hold)));
    await().until(() -> third.getState() == Thread.State.TIMED_WAITING);
    assertThat(begun).hasValue(2);

    hold.countDown();
    for (Thread each : new Thread[] {first, second, third}) {
      each.join();
    }

    assertThat(begun).hasValue(3);
  }

  @Test
  void who_waits_too_long_is_told_so_and_a_last_wish_waits_for_nobody()
      throws InterruptedException {
    Work<String> one = new FewAtOnce<>(new Stores(), 1, Duration.ofMillis(1));
    CountDownLatch hold = new CountDownLatch(1);
    Thread first = Thread.startVirtualThread(() -> one.read(tx -> held(hold)));
    await().until(() -> begun.get() == 1);

    assertThatThrownBy(() -> one.read(tx -> begun.incrementAndGet())).isInstanceOf(Outage.class);
    one.eventually(Duration.ZERO, tx -> begun.addAndGet(10));

    assertThat(begun).hasValue(11);
    hold.countDown();
    first.join();
  }

  @Test
  void what_fails_gives_its_turn_back() {
    for (int attempt = 0; attempt < 5; attempt++) {
      assertThatThrownBy(() ->
              few.read(tx -> {
                throw new IllegalStateException("a defect");
              }))
          .hasMessage("a defect");
    }
    assertThat(few.<Integer>read(tx -> 1)).isEqualTo(1);
  }

  @Test
  void who_is_interrupted_before_its_turn_is_told_so_and_has_done_nothing() {
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> few.read(tx -> begun.incrementAndGet())).isInstanceOf(Outage.class);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(begun).hasValue(0);
  }

  private int held(CountDownLatch hold) {
    int number = begun.incrementAndGet();
    try {
      hold.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return number;
  }
}
