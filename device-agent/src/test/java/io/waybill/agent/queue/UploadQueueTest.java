package io.waybill.agent.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Who is opened next. */
class UploadQueueTest {

  private final UploadQueue queue = new UploadQueue(2, Duration.ofMinutes(5), new Random(17));
  private long now = 1;
  private int order;

  private void add(String id, int priority) {
    queue.add(new Ticket(id, id, priority, Instant.EPOCH.plusSeconds(order++), "/data", 1), now);
  }

  private List<String> open() {
    List<String> opened = new ArrayList<>();
    Optional<Ticket> next = queue.next(now, id -> false);
    while (next.isPresent()) {
      queue.started(next.get().uploadId());
      opened.add(next.get().uploadId());
      next = queue.next(now, id -> false);
    }
    return opened;
  }

  @Test
  void the_most_urgent_are_opened_then_the_oldest_and_no_more_than_there_are_places() {
    add("old", 5);
    add("low", 1);
    add("urgent", 9);
    add("young", 5);

    assertThat(open()).containsExactly("urgent", "old");
    queue.finished("old");
    assertThat(open()).containsExactly("young");
  }

  @Test
  void an_urgent_one_never_waits_for_the_places_of_a_backlog() {
    add("backlog-1", 1);
    add("backlog-2", 1);
    add("backlog-3", 1);
    assertThat(open()).hasSize(2);
    add("urgent", 9);

    assertThat(open()).containsExactly("urgent");
  }

  @Test
  void open_uploads_are_bounded_however_urgent_the_next_is() {
    for (int priority = 1; priority <= 9; priority++) {
      add("p" + priority, priority);
      open();
    }
    assertThat(queue.rows(now).stream().filter(row -> row.state() == UploadQueue.State.RUNNING))
        .hasSize(4);
  }

  @Test
  void a_broken_one_stands_aside_longer_and_longer_and_blocks_nobody() {
    add("broken", 9);
    add("fine-1", 1);
    add("fine-2", 1);
    long waited = 0;
    for (int failure = 0; failure < 8; failure++) {
      queue.started("broken");
      queue.aside("broken", "the disk is gone", false, now);
      UploadQueue.Row row =
          queue.rows(now).stream()
              .filter(each -> each.ticket().uploadId().equals("broken"))
              .findFirst()
              .orElseThrow();
      assertThat(row.why()).isEqualTo("the disk is gone");
      waited = Math.max(waited, row.waitSeconds());
      now += TimeUnit.MINUTES.toNanos(6);
    }
    assertThat(waited).isBetween(60L, 300L);
    queue.started("broken");
    queue.aside("broken", "the disk is gone", false, now);
    assertThat(open()).containsExactly("fine-1", "fine-2");
    queue.retry("broken", now);
    assertThat(open()).containsExactly("broken");
  }

  @Test
  void what_is_held_is_not_opened_and_blocks_nobody() {
    add("held", 9);
    add("free", 1);

    assertThat(queue.next(now, "held"::equals)).map(Ticket::uploadId).contains("free");
  }

  @Test
  void waiting_makes_more_urgent() {
    add("backlog", 5);
    now += TimeUnit.MINUTES.toNanos(26);
    add("urgent", 9);

    assertThat(open()).startsWith("backlog");
  }
}
