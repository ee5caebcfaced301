package io.waybill.agent.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalNamesTest {

  @TempDir Path directory;

  @Test
  void any_bytes_go_through_text_and_come_back() {
    Random random = new Random(17);
    for (int n = 0; n < 2_000; n++) {
      byte[] bytes = new byte[random.nextInt(12)];
      random.nextBytes(bytes);
      assertThat(ByteText.bytes(ByteText.of(bytes))).isEqualTo(bytes);
    }
    assertThat(ByteText.of("Über 🚀".getBytes(StandardCharsets.UTF_8))).isEqualTo("Über 🚀");
  }

  @Test
  void a_name_that_is_no_utf_8_is_found_again_through_a_manifest() throws Exception {
    Path file = LocalPath.of(LocalPath.text(directory) + "/lidar\udcff Ü%41.mcap");
    Files.writeString(file, "x");

    String stored = LocalPath.stored(file);

    assertThat(stored).startsWith("file:///").endsWith("/lidar%FF%20%C3%9C%2541.mcap");
    assertThat(Files.readString(LocalPath.ofStored(stored))).isEqualTo("x");
    try (var listed = Files.list(directory)) {
      assertThat(listed.map(LocalPath::name)).containsExactly("lidar\udcff Ü%41.mcap");
    }
  }

  @Test
  void a_name_that_is_utf_8_stands_in_a_manifest_as_it_is() {
    Path file = LocalPath.of("/data//x/../Über 100%.mcap");

    assertThat(LocalPath.stored(file)).isEqualTo("/data/Über 100%.mcap");
    assertThat(LocalPath.ofStored("/data/Über 100%.mcap")).isEqualTo(file);
  }

  @Test
  void what_was_never_a_path_is_not_taken_for_one() {
    for (String none : new String[] {"run.mcap", "", "/a\0b", "file:///%00", "file://host/x"}) {
      assertThatThrownBy(() -> LocalPath.ofStored(none))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void nothing_that_steers_a_terminal_is_shown_raw() {
    assertThat(Shown.line("a\033[31m\r\n\u009b2J\u202egnp.exe\udcff"))
        .isEqualTo("a\\x1b[31m\\x0d\\x0a\\u009b2J\\u202egnp.exe\\xff");
    assertThat(Shown.line("Über 𝒳 日本 🚀")).isEqualTo("Über 𝒳 日本 🚀");
  }

  @Test
  void every_local_name_has_a_legal_object_name() {
    assertThat(ObjectName.of("a\033[31m\\b\u202e\udcff.mcap")).isEqualTo("a_[31m_b__.mcap");
    assertThat(ObjectName.of("C:run.bag")).isEqualTo("C_run.bag");
    assertThat(ObjectName.of("..")).isEqualTo("upload.bin");
    assertThat(ObjectName.of("Über 日本.mcap")).isEqualTo("Über 日本.mcap");
    assertThat(ObjectName.of("日".repeat(500)).getBytes(StandardCharsets.UTF_8))
        .hasSizeLessThanOrEqualTo(1024);
  }

  @Test
  void a_path_is_quoted_as_a_shell_takes_it() {
    assertThat(LocalPath.quoted(Path.of("/data/run.mcap"))).isEqualTo("/data/run.mcap");
    assertThat(LocalPath.quoted(Path.of("/data/it's one.mcap")))
        .isEqualTo("'/data/it'\\''s one.mcap'");
    assertThat(LocalPath.quoted(LocalPath.of("/data/a\n\udcff.mcap")))
        .isEqualTo("$'/data/a\\x0a\\xff.mcap'");
  }
}
