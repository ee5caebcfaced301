package io.waybill.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.agent.spool.Waiting;
import io.waybill.agent.upload.UploadProgress;
import java.time.Instant;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ProgressLineTest {

  private final Rates rates = new Rates(0);

  private static UploadProgress progress(String name, int stored, @Nullable Waiting waiting) {
    return new UploadProgress(name, null, 1L << 40, 1L << 40, 1 << 20, 40, stored, 3, 4, waiting);
  }

  @Test
  void the_bar_is_shorter_than_the_terminal_however_narrow_that_is() {
    rates.sample(1_000_000_000, 1 << 20);
    for (String name : new String[] {"front_camera_of_a_long_run.mcap", "前方カメラ記録.mcap", "a"}) {
      IntStream.rangeClosed(1, 200)
          .forEach(columns -> {
            for (Waiting waiting :
                new Waiting[] {null, Waiting.open("the store does not answer")}) {
              String bar = ProgressLine.bar(progress(name, 3, waiting), rates, columns);
              assertThat(Columns.of(bar)).as(bar).isLessThan(columns);
            }
          });
    }
  }

  @Test
  void a_name_steers_no_terminal() {
    assertThat(ProgressLine.bar(progress("a\033[2Jb", 3, null), rates, 80))
        .doesNotContain("\033")
        .contains("a\\x1b[2Jb");
  }

  @Test
  void what_has_not_arrived_is_never_all_of_it() {
    assertThat(ProgressLine.plain(progress("a", 39, null), rates))
        .contains("99 %")
        .doesNotContain("ETA");
    assertThat(ProgressLine.plain(progress("a", 40, null), rates)).contains("100 %");
  }

  @Test
  void what_is_waited_for_is_said_with_its_next_try() {
    Waiting refused = new Waiting("the store refuses it", Instant.parse("2026-11-27T12:00:00Z"));
    assertThat(ProgressLine.plain(progress("a", 3, refused), rates))
        .endsWith("waiting: the store refuses it; next try at 2026-11-27T12:00:00Z");
    assertThat(ProgressLine.plain(progress("a", 3, Waiting.open("paused")), rates))
        .endsWith("waiting: paused");
  }
}
