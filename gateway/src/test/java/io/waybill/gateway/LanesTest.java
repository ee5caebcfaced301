package io.waybill.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LanesTest {

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Lanes<String> lanes = new Lanes<>(1000, threads);

  @AfterEach
  void close() {
    threads.shutdownNow();
  }

  @Test
  void work_of_one_key_runs_in_order() throws InterruptedException {
    List<Integer> ran = Collections.synchronizedList(new ArrayList<>());
    for (int i = 0; i < 1000; i++) {
      int number = i;
      lanes.enter("a", next -> ran.add(number));
    }

    assertThat(lanes.awaitEmpty(Duration.ofSeconds(20))).isTrue();
    assertThat(ran).containsExactlyElementsOf(IntStream.range(0, 1000).boxed().toList());
  }

  @Test
  void different_keys_do_not_wait_for_each_other() throws InterruptedException {
    CountDownLatch both = new CountDownLatch(2);
    for (String key : List.of("a", "b")) {
      lanes.enter(
          key,
          next -> {
            both.countDown();
            await(both);
          });
    }

    assertThat(lanes.awaitEmpty(Duration.ofSeconds(20))).isTrue();
    assertThat(both.getCount()).isZero();
  }

  @Test
  void work_that_lets_the_next_go_is_overtaken_only_from_there_on() throws InterruptedException {
    List<String> ran = Collections.synchronizedList(new ArrayList<>());
    CountDownLatch second = new CountDownLatch(1);
    lanes.enter(
        "a",
        next -> {
          ran.add("first begins");
          next.run();
          next.run();
          await(second);
          ran.add("first ends");
        });
    lanes.enter(
        "a",
        next -> {
          ran.add("second");
          second.countDown();
        });

    assertThat(lanes.awaitEmpty(Duration.ofSeconds(20))).isTrue();
    assertThat(ran).containsExactly("first begins", "second", "first ends");
  }

  @Test
  void work_that_fails_does_not_close_its_lane() throws InterruptedException {
    CountDownLatch after = new CountDownLatch(1);
    lanes.enter(
        "a",
        next -> {
          Thread.currentThread().setUncaughtExceptionHandler((thread, failure) -> {});
          throw new IllegalStateException("on purpose");
        });
    lanes.enter("a", next -> after.countDown());

    assertThat(after.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(lanes.awaitEmpty(Duration.ofSeconds(20))).isTrue();
  }

  @Test
  void emptiness_is_not_waited_for_longer_than_asked() throws InterruptedException {
    CountDownLatch end = new CountDownLatch(1);
    lanes.enter("a", next -> await(end));

    assertThat(lanes.awaitEmpty(Duration.ofMillis(1))).isFalse();
    assertThat(lanes.inside()).isEqualTo(1);
    end.countDown();
    assertThat(lanes.awaitEmpty(Duration.ofSeconds(20))).isTrue();
  }

  @Test
  void a_lane_that_is_full_takes_no_more_and_other_lanes_do() throws InterruptedException {
    CountDownLatch end = new CountDownLatch(1);
    AtomicInteger ran = new AtomicInteger();
    Lanes<String> narrow = new Lanes<>(2, threads);
    assertThat(narrow.enter("a", next -> await(end))).isTrue();
    assertThat(narrow.enter("a", next -> ran.incrementAndGet())).isTrue();
    assertThat(narrow.enter("a", next -> ran.incrementAndGet())).isTrue();
    assertThat(narrow.enter("a", next -> ran.incrementAndGet())).isFalse();
    assertThat(narrow.enter("b", next -> ran.incrementAndGet())).isTrue();
    narrow.enterBeside(next -> ran.incrementAndGet());
    end.countDown();

    assertThat(narrow.awaitEmpty(Duration.ofSeconds(20))).isTrue();
    assertThat(ran).hasValue(4);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
