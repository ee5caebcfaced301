package io.waybill.agent.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.agent.config.Schedule.Rate;
import java.time.LocalDateTime;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How fast, and when. The 30th of November 2026 is a Monday. */
class ScheduleTest {

  private static final String WEEK =
      "{22:00-06:00: unlimited, mon-fri 08:00-12:00: 200K, sun 00:00-24:00: pause,"
          + " 13:00-13:30: pause}";

  private static Schedule schedule(String lines) {
    return Limits.of(
            Settings.ofEnvironment(
                Map.of(Key.SCHEDULE.env(), lines, Key.MAX_BYTES_PER_SECOND.env(), "1M")))
        .schedule();
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-30T05:59, 0, false", // still the night of Sunday
    "2026-11-30T06:00, 1048576, false",
    "2026-11-30T08:00, 204800, false",
    "2026-11-30T11:59, 204800, false",
    "2026-11-30T12:00, 1048576, false",
    "2026-11-30T13:10, 0, true",
    "2026-11-30T22:00, 0, false",
    "2026-12-05T09:00, 1048576, false", // a Saturday
    "2026-12-06T09:00, 0, true", // a Sunday
    "2026-12-06T23:00, 0, false", // the first line that covers it counts
  })
  void the_first_line_that_covers_a_moment_counts(String at, long rate, boolean paused) {
    assertThat(schedule(WEEK).at(LocalDateTime.parse(at))).isEqualTo(new Rate(rate, paused));
  }

  @Test
  void a_night_belongs_to_the_day_on_which_it_begins() {
    Schedule friday = schedule("{fri 22:00-06:00: unlimited}");

    assertThat(friday.at(LocalDateTime.parse("2026-12-05T03:00")).bytesPerSecond()).isZero();
    assertThat(friday.at(LocalDateTime.parse("2026-12-04T03:00")).bytesPerSecond())
        .isEqualTo(1 << 20);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          '{22-06: unlimited}'      | is a time such as 22:00-06:00, or mon-fri 08:00-18:00, not 22-06
          '{25:00-06:00: 1M}'       | is a time such as
          '{xyz 22:00-06:00: 1M}'   | has days such as mon or mon-fri
          '{22:00-06:00: fast}'     | 22:00-06:00 is a size such as 500K or 2M, or unlimited, not fast
          '[22:00-06:00]'           | is lines of
          """)
  void what_cannot_be_is_named(String lines, String words) {
    assertThatThrownBy(() -> schedule(lines))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith(Key.SCHEDULE.env())
        .hasMessageContaining(words);
  }
}
