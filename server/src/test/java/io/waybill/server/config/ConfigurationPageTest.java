package io.waybill.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConfigurationPageTest {
  private static final Path PAGE = Path.of("../docs/configuration.md");

  @Test
  void the_page_lists_every_setting_as_the_code_has_it_and_no_other() throws IOException {
    List<String> rows =
        Files.readAllLines(PAGE).stream().filter(line -> line.startsWith("| `WAYBILL_")).toList();
    assertThat(rows)
        .containsExactlyElementsOf(Setting.all().stream().map(ConfigurationPageTest::row).toList());
  }

  private static String row(Setting setting) {
    String standard = setting.standard().isEmpty() ? "" : "`" + setting.standard() + "`";
    return "| `%s` | `%s` | %s | %s |"
        .formatted(setting.variable(), setting.key(), standard, setting.meaning());
  }
}
