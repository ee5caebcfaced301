package io.waybill.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.agent.Main;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** docs/agent.md has what the code has. */
class AgentPageTest {

  private static String page() throws IOException {
    return Files.readString(Path.of("../docs/agent.md"));
  }

  @Test
  void the_page_has_every_exit_code() throws IOException {
    for (ExitCode code : ExitCode.values()) {
      assertThat(page()).contains("\n| " + code.code() + " | ");
    }
  }

  @Test
  void the_page_has_every_setting() throws Exception {
    List<String> settings =
        Arrays.stream(Configuration.class.getDeclaredFields())
            .filter(field -> Modifier.isStatic(field.getModifiers()))
            .filter(field -> !Modifier.isPrivate(field.getModifiers()))
            .filter(field -> field.getType() == String.class)
            .map(AgentPageTest::value)
            .toList();

    assertThat(settings).hasSizeGreaterThan(10);
    assertThat(page()).contains(settings.stream().map(name -> "`" + name + "`").toList());
  }

  @Test
  void the_page_has_every_command_of_the_help() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
    Main.run(new String[] {"--help"}, stream, stream, Map.of());

    for (String command :
        List.of("upload", "resume", "status", "pause", "resume-session", "abort")) {
      assertThat(out.toString(StandardCharsets.UTF_8)).contains("\n  " + command);
      assertThat(page()).contains("./waybill agent " + command + " ");
    }
  }

  private static String value(java.lang.reflect.Field field) {
    try {
      return (String) field.get(null);
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }
}
