package io.waybill.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.core.trace.Span;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How many things are worked on at once. */
@Timeout(60)
class PlacesTest {
  private final CountDownLatch end = new CountDownLatch(1);
  private final Set<Integer> worked = new ConcurrentSkipListSet<>();
  private final Places places = new Places("place-", 3, () -> Span.NONE);

  @Test
  void a_round_takes_what_is_free_and_waits_for_none_of_it() throws Exception {
    assertThat(places.take(free -> IntStream.range(0, 2).boxed().toList(), this::work))
        .isEqualTo(new Places.Taken(2, false));
    assertThat(places.take(free -> List.of(10 * free), this::work))
        .as("one place is left")
        .isEqualTo(new Places.Taken(1, true));
    assertThat(places.tryBegin(() -> {})).isFalse();

    end.countDown();
    assertThat(places.take(free -> List.of(), this::work).items()).isZero();
    places.close();
    assertThat(worked).containsExactly(0, 1, 10);
  }

  @Test
  void what_goes_wrong_leaves_its_place_free() throws Exception {
    assertThatThrownBy(() ->
            places.take(
                free -> {
                  throw new IllegalStateException("the database is away");
                },
                this::work))
        .isInstanceOf(IllegalStateException.class);
    CountDownLatch thrown = new CountDownLatch(1);
    Places.Taken _ =
        places.take(
            free -> List.of(1),
            one -> {
              thrown.countDown();
              throw new Stopped();
            });
    thrown.await();
    end.countDown();
    assertThat(places.tryBegin(() -> work(7))).isTrue();
    places.close();
    assertThat(worked).containsExactly(7);
  }

  private void work(int one) {
    try {
      end.await();
      worked.add(one);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Thrown out of a thread, where the runner would print it. */
  private static final class Stopped extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Stopped() {
      super("an end", null, false, false);
    }
  }
}
