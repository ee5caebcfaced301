package io.waybill.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class UuidV7Test {
  private static final Instant NOW = Instant.parse("2026-11-23T08:00:00.123Z");
  private Instant clock = NOW;
  private final UuidV7 ids = new UuidV7(() -> clock);

  @Test
  void an_id_says_its_version_its_variant_and_its_millisecond() {
    UUID id = ids.next();

    assertThat(id.version()).isEqualTo(7);
    assertThat(id.variant()).isEqualTo(2);
    assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(NOW.toEpochMilli());
  }

  @Test
  void later_ids_are_greater_whatever_the_clock_does() {
    List<String> made = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      made.add(ids.next().toString());
    }
    clock = NOW.minusSeconds(5);
    made.add(ids.next().toString());
    clock = NOW.plusSeconds(60);
    made.add(ids.next().toString());

    List<String> sorted = new ArrayList<>(made);
    Collections.sort(sorted);
    assertThat(made).isEqualTo(sorted).doesNotHaveDuplicates();
    assertThat(UUID.fromString(made.getLast()).getMostSignificantBits() >>> 16)
        .isEqualTo(clock.toEpochMilli());
  }

  @Test
  void many_threads_never_make_the_same() throws Exception {
    Set<UUID> all = new HashSet<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<List<UUID>>> made = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        made.add(
            threads.submit(
                () -> java.util.stream.Stream.generate(ids::next).limit(5_000).toList()));
      }
      for (Future<List<UUID>> some : made) {
        all.addAll(some.get());
      }
    }
    assertThat(all).hasSize(40_000);
  }
}
