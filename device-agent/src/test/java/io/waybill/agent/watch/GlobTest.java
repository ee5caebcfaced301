package io.waybill.agent.watch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which paths a pattern means. */
class GlobTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          *.mcap            | run.mcap          | true
          *.mcap            | a/b/run.mcap      | true
          *.mcap            | run.mcap.part     | false
          a/*.mcap          | a/run.mcap        | true
          a/*.mcap          | a/b/run.mcap      | false
          a/**              | a/b/c             | true
          **/run.mcap       | run.mcap          | true
          **/run.mcap       | a/b/run.mcap      | true
          **/run.mcap       | a/other-run.mcap  | false
          /a/*              | a/b               | true
          run-?.bag         | run-1.bag         | true
          run-?.bag         | run-12.bag        | false
          run-[0-9].bag     | run-7.bag         | true
          run-[!0-9].bag    | run-7.bag         | false
          *.{mcap,bag}      | x.bag             | true
          *.{mcap,bag}      | x.csv             | false
          a,b               | a,b               | true
          [ab               | [ab               | true
          x.y               | xzy               | false
          (a+b)             | (a+b)             | true
          Über*             | Übersicht.mcap    | true
          """)
  void a_pattern_means_these(String glob, String path, boolean matches) {
    assertThat(new Glob(glob).matches(path)).isEqualTo(matches);
  }

  @Test
  void a_name_may_have_line_feeds_and_bytes_that_are_no_characters() {
    assertThat(new Glob("*.mcap").matches("a\nb\udcff.mcap")).isTrue();
  }
}
