package io.waybill.agent.selection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamePatternTest {

  @ParameterizedTest
  @CsvSource({
    "*.mcap, run/a.mcap, true",
    "*.mcap, a.mcap.tmp, false",
    "'*.{mcap,bag}', run/x/a.bag, true",
    "a?.bin, ab.bin, true",
    "a?.bin, a.bin, false",
    "run-[0-9].x, run-7.x, true",
    "run-[!0-9].x, run-7.x, false",
    "run/*, run/a, true",
    "run/*, run/a/b, false",
    "run/**, run/a/b, true",
    "**/tmp/*, x/y/tmp/a, true",
    "**/tmp/*, tmp/a, true",
    "/top, top, true",
    "/top, in/top, false",
    "a+(b).x, a+(b).x, true",
    "Über*, Übersicht, true"
  })
  void a_glob_is_about_names_or_about_paths(String glob, String path, boolean matches) {
    assertThat(NamePattern.of(glob).matches(path)).isEqualTo(matches);
  }

  @Test
  void a_name_may_have_a_line_feed_and_bytes_that_are_no_text() {
    assertThat(NamePattern.of("a*z").matches("a\n\udcffz")).isTrue();
  }

  @Test
  void what_is_no_glob_is_named() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NamePattern.of("a[b"))
        .withMessageContaining("a[b");
    assertThatIllegalArgumentException().isThrownBy(() -> NamePattern.of("{a"));
  }
}
