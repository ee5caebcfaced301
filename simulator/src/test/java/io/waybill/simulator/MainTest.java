package io.waybill.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class MainTest {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(String... args) {
    return Main.run(
        List.of(args), new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8));
  }

  @Test
  void so_many_lives_are_lived_and_counted() {
    assertThat(run("--seed", "7", "--schedules", "20")).isZero();

    assertThat(out.toString(UTF_8))
        .contains("Seeds from 7 on")
        .contains("All ended well: 20 lives");
  }

  @Test
  void it_says_where_calls_were_broken() {
    assertThat(run("--coverage", "--seed", "1", "--schedules", "100")).isZero();

    assertThat(out.toString(UTF_8).lines())
        .anyMatch(line -> line.startsWith("COMPLETE of COMPLETING at commit {KILLED="))
        .anyMatch(line -> line.startsWith("walks ABORTING of ABORTING at abort {"));
  }

  @Test
  void one_seed_is_told_line_by_line() {
    assertThat(run("--seed", "7")).isZero();

    assertThat(out.toString(UTF_8).lines())
        .anyMatch(line -> line.contains("robot-0-1 CREATE"))
        .last()
        .isEqualTo("Everything ended well.");
  }

  @Test
  void what_is_not_understood_is_said_and_nothing_is_lived() {
    assertThat(run("--seeds", "7")).isEqualTo(2);
    assertThat(run("--seed", "seven")).isEqualTo(2);
    assertThat(run("--seed")).isEqualTo(2);

    assertThat(out.toString(UTF_8)).isEmpty();
    assertThat(err.toString(UTF_8))
        .contains("unknown option --seeds")
        .contains("--seed needs a whole number, not 'seven'")
        .contains("./waybill simulate --help");
  }

  @Test
  void help_teaches() {
    assertThat(run("--help")).isZero();

    assertThat(out.toString(UTF_8))
        .contains("--schedules")
        .contains("--minutes")
        .contains("--seed");
  }
}
