package io.waybill.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.agent.Main;
import io.waybill.agent.config.Key;
import io.waybill.agent.config.Limits;
import io.waybill.agent.config.Settings;
import io.waybill.agent.config.WatchKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docs/device-agent.md has what the code has. */
class AgentPageTest {

  @TempDir Path directory;

  private static String page() throws IOException {
    return Files.readString(Path.of("../docs/device-agent.md"));
  }

  @Test
  void the_page_has_every_exit_code() throws IOException {
    for (ExitCode code : ExitCode.values()) {
      assertThat(page()).contains("\n| " + code.code() + " | ");
    }
  }

  @Test
  void the_page_has_every_setting_by_both_of_its_names() throws IOException {
    for (Key key : Key.values()) {
      assertThat(page()).contains("\n| `" + key.path() + "` | `" + key.env() + "` | ");
    }
    assertThat(page()).contains("`" + Key.FILE + "`");
  }

  @Test
  void the_page_has_everything_that_can_be_said_of_a_watched_directory() throws IOException {
    for (WatchKey key : WatchKey.values()) {
      assertThat(page()).contains("\n| `" + key.text() + "` | ");
    }
  }

  @Test
  void the_example_of_the_page_can_be_read() throws IOException {
    String page = page();
    int start = page.indexOf("```yaml\n") + "```yaml\n".length();
    String example = page.substring(start, page.indexOf("```", start));
    Path file = directory.resolve("agent.yaml");
    Files.writeString(file, example);
    Settings settings = Settings.of(Map.of(Key.FILE, file.toString()));

    assertThat(settings.watch()).hasSize(2);
    assertThat(Limits.of(settings).openUploads()).isEqualTo(4);
  }

  @Test
  void the_page_has_every_command_of_the_help() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
    Main.run(new String[] {"--help"}, stream, stream, Map.of());

    for (String command :
        List.of(
            "run",
            "upload",
            "resume",
            "status",
            "pause",
            "resume-session",
            "abort",
            "forget",
            "provision",
            "doctor",
            "ls",
            "download")) {
      assertThat(out.toString(StandardCharsets.UTF_8)).contains("\n  " + command);
      assertThat(page()).contains("./waybill agent " + command + " ");
    }
  }
}
