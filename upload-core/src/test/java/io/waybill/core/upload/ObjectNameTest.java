package io.waybill.core.upload;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a file may be called, and what nobody should save a download under. */
class ObjectNameTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "run.mcap",
        "run 42/front/Über.mcap",
        "...",
        ".hidden/.file",
        "日本語/測定.bag",
        "family \uD83D\uDC68\u200D\uD83D\uDC69.png",
        "a/b/c/d/e/f/g/h/i/j/k/l/m/n/o/p/q/r/s/t/u/v/w/x/y/z/1/2/3/4/5/6"
      })
  void a_relative_path_is_a_name(String name) {
    assertThat(ObjectName.faultOf(name)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "..",
        ".",
        "../../etc/passwd",
        "a/../b",
        "a/./b",
        "a//b",
        "a/",
        "/etc/passwd",
        "a\\b",
        "C:/data/run.bag",
        "c:run.bag",
        "a\nb",
        "a\u0085b",
        "a\u001b[2Jb",
        "a\u202egnp.exe",
        "a\u2066b",
        "a\u200fb",
        "a\u2028b",
        "a\uD800b",
        "a/b/c/d/e/f/g/h/i/j/k/l/m/n/o/p/q/r/s/t/u/v/w/x/y/z/1/2/3/4/5/6/7"
      })
  void what_leaves_its_folder_or_hides_what_it_is_is_no_name(String name) {
    assertThat(ObjectName.faultOf(name)).isNotEmpty();
  }
}
