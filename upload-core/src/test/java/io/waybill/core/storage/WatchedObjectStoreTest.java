package io.waybill.core.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.waybill.core.Outage;
import io.waybill.core.memory.MemoryObjectStore;
import io.waybill.core.storage.FinishedObjects.CopySource;
import io.waybill.core.storage.ObjectStore.NewUpload;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WatchedObjectStoreTest {

  private static final Duration SLOW = Duration.ofSeconds(2);
  private static final StorageStrain.Bounds BOUNDS =
      new StorageStrain.Bounds(Duration.ofSeconds(30), 50, SLOW, 10);
  private static final ObjectLocation HERE = new ObjectLocation("default", "robot-data", "key");
  private static final ObjectLocation NOWHERE = new ObjectLocation("default", "no-bucket", "key");

  /** A clock of nanoseconds shows any number, below nothing, too. */
  private long nanos = -Duration.ofSeconds(7).toNanos();

  private Duration latency = Duration.ZERO;
  private boolean isAway;

  /** A store whose every call takes the same time. */
  private final ObjectStore store =
      new WatchedObjectStore(
          new SlowStore(new MemoryObjectStore(Set.of("robot-data")), this::beforeEachCall),
          BOUNDS,
          () -> nanos);

  @Test
  void a_store_of_which_nothing_is_known_is_well() {
    assertThat(store.isStrained("default")).isFalse();
  }

  @Test
  void half_of_the_calls_failing_strain_it() {
    ask(HERE, 6);
    fail(5);
    assertThat(store.isStrained("default")).isFalse();

    fail(1);
    assertThat(store.isStrained("default")).isTrue();
    assertThat(store.isStrained("another")).isFalse();
  }

  @Test
  void slow_calls_strain_it_whatever_they_answer() {
    latency = SLOW.minusNanos(1);
    ask(HERE, 10);
    assertThat(store.isStrained("default")).isFalse();

    latency = SLOW;
    ask(HERE, 10);
    assertThat(store.isStrained("default")).isTrue();
  }

  @Test
  void copies_say_nothing_however_long_they_take() {
    latency = SLOW;
    for (int i = 0; i < 20; i++) {
      store.copy(new CopySource(HERE, null, "e", 1), new NewUpload(HERE, "video/mp4"));
    }
    assertThat(store.isStrained("default")).isFalse();
  }

  @Test
  void few_calls_say_nothing() {
    fail(9);
    assertThat(store.isStrained("default")).isFalse();
  }

  @Test
  void what_is_older_than_the_window_counts_no_more() {
    fail(10);
    pass(Duration.ofSeconds(26));
    assertThat(store.isStrained("default")).isTrue();

    pass(Duration.ofSeconds(4));
    assertThat(store.isStrained("default")).isFalse();
    pass(Duration.ofDays(365));
    assertThat(store.isStrained("default")).isFalse();
  }

  @Test
  void good_calls_heal_it() {
    fail(10);
    ask(HERE, 11);
    assertThat(store.isStrained("default")).isFalse();
  }

  @Test
  void who_refuses_us_is_not_strained() {
    List<NewUpload> refused = Collections.nCopies(20, new NewUpload(NOWHERE, "text/plain"));
    assertThat(store.createUploads(refused)).hasSize(20);
    assertThat(store.isStrained("default")).isFalse();
  }

  @Test
  void every_upload_of_a_batch_counts_and_its_time_is_shared_by_those_asked_for_at_once() {
    latency = SLOW.multipliedBy(2).minusNanos(1);
    List<NewUpload> batch = Collections.nCopies(16, new NewUpload(HERE, "text/plain"));
    assertThat(store.createUploads(batch)).hasSize(16);
    assertThat(store.isStrained("default")).isFalse();

    latency = SLOW.multipliedBy(2);
    assertThat(store.within(SLOW).createUploads(batch)).hasSize(16);
    assertThat(store.isStrained("default")).isTrue();
  }

  @Test
  void a_full_count_stays_a_sample() {
    StorageStrain strain = new StorageStrain(BOUNDS);
    for (int i = 0; i < 3_000_000; i++) {
      strain.count(i % 2 == 0, 0, 0);
    }
    assertThat(strain.isStrained(0)).isTrue();
    for (int i = 0; i < 1_500_000; i++) {
      strain.count(false, 0, 0);
    }
    assertThat(strain.isStrained(0)).isFalse();
  }

  private void ask(ObjectLocation where, int times) {
    for (int i = 0; i < times; i++) {
      assertThat(store.head(where)).isEmpty();
    }
  }

  private void fail(int times) {
    isAway = true;
    for (int i = 0; i < times; i++) {
      assertThat(catchThrowable(() -> store.head(HERE))).isInstanceOf(Outage.Storage.class);
    }
    isAway = false;
  }

  private void beforeEachCall() {
    nanos += latency.toNanos();
    if (isAway) {
      throw Outage.storage("no answer", new IllegalStateException("test"));
    }
  }

  private void pass(Duration time) {
    nanos += time.toNanos();
  }
}
