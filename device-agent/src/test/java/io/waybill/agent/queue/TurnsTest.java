package io.waybill.agent.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.agent.upload.Turn;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Who may start parts. */
class TurnsTest {

  private long now = 1;
  private final Turns turns = new Turns(Duration.ofMinutes(5), () -> now);

  private Turn enter(String id, int priority, int order) {
    return turns.enter(new Ticket(id, id, priority, Instant.EPOCH.plusSeconds(order), null, 1));
  }

  @Test
  void an_urgent_upload_takes_over_at_the_next_part() {
    Turn backlog = enter("backlog", 1, 0);
    assertThat(backlog.granted(true)).isTrue();
    backlog.taken();

    Turn urgent = enter("urgent", 9, 1);
    assertThat(urgent.granted(true)).isTrue();

    assertThat(backlog.granted(true)).isFalse();
    urgent.granted(false); // it has no part left
    assertThat(backlog.granted(true)).isTrue();
  }

  @Test
  void of_two_that_are_as_urgent_the_older_one_goes() {
    Turn younger = enter("a", 5, 2);
    Turn older = enter("b", 5, 1);
    younger.granted(true);
    older.granted(true);

    assertThat(younger.granted(true)).isFalse();
    assertThat(older.granted(true)).isTrue();
  }

  @Test
  void the_backlog_still_moves_one_part_at_a_time() {
    Turn backlog = enter("backlog", 5, 0);
    Turn urgent = enter("urgent", 9, 1);
    int parts = 0;
    for (int minute = 0; minute < 60; minute++) {
      now += TimeUnit.MINUTES.toNanos(1);
      if (urgent.granted(true)) {
        urgent.taken();
      }
      if (backlog.granted(true)) {
        backlog.taken();
        parts++;
      }
    }
    assertThat(parts).isEqualTo(3); // every 20 minutes it counts as much, and it is the older one
  }

  @Test
  void whoever_has_left_or_sleeps_keeps_nobody_waiting() {
    Turn backlog = enter("backlog", 1, 0);
    Turn urgent = enter("urgent", 9, 1);
    urgent.granted(true);
    assertThat(backlog.granted(true)).isFalse();

    now += TimeUnit.SECONDS.toNanos(6);
    assertThat(backlog.granted(true)).isTrue();
    urgent.granted(true);
    turns.leave("urgent");
    assertThat(backlog.granted(true)).isTrue();
  }

  @Test
  void whose_parts_do_not_arrive_keeps_nobody_waiting_and_tries_them_again() {
    Turn backlog = enter("backlog", 1, 0);
    Turn urgent = enter("urgent", 9, 1);

    assertThat(urgent.granted(false)).isTrue();
    assertThat(backlog.granted(true)).isTrue();
    assertThat(urgent.granted(false)).isTrue();
    assertThat(urgent.granted(true)).isTrue();
    assertThat(backlog.granted(false)).isFalse();
  }

  @Test
  void while_all_rest_nobody_starts_a_part() {
    Turn upload = enter("upload", 5, 0);
    turns.rest(true);
    assertThat(upload.granted(true)).isFalse();
    turns.rest(false);

    assertThat(upload.granted(true)).isTrue();
  }
}
