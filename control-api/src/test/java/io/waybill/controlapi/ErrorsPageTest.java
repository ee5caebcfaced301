package io.waybill.controlapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.controlapi.edge.ErrorStatus;
import io.waybill.core.EntryCode;
import io.waybill.core.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code docs/errors.md} lists what the code has; {@code -Dwaybill.docs.write=true} renews it. */
class ErrorsPageTest {

  private static final Path PAGE = Path.of("../docs/errors.md");
  private static final String BEGIN = "<!-- codes: generated from ErrorCode -->\n";
  private static final String ENTRIES = "<!-- entry codes: generated from EntryCode -->\n";
  private static final String END_OF_ENTRIES = "<!-- end of entry codes -->\n";
  private static final String END = "<!-- end of codes -->\n";

  @Test
  void the_page_lists_every_code_with_its_status_and_its_remedy() throws IOException {
    holds(BEGIN, table(), END);
  }

  @Test
  void the_page_lists_every_code_of_an_entry_with_what_it_says_of_a_field() throws IOException {
    String rows =
        Arrays.stream(EntryCode.values())
            .map(one -> "| `%s` | %s |\n".formatted(one.code(), one.meaning()))
            .collect(Collectors.joining("", "| entry code | the field |\n|---|---|\n", ""));
    holds(ENTRIES, rows, END_OF_ENTRIES);
  }

  private static void holds(String begin, String table, String end) throws IOException {
    String page = Files.readString(PAGE);
    String before = page.substring(0, page.indexOf(begin) + begin.length());
    String after = page.substring(page.indexOf(end));
    String renewed = before + table + after;
    if (Boolean.getBoolean("waybill.docs.write")) {
      Files.writeString(PAGE, renewed);
    }

    assertThat(Files.readString(PAGE)).isEqualTo(renewed);
  }

  private static String table() {
    return Arrays.stream(ErrorCode.values())
        .map(ErrorsPageTest::row)
        .collect(
            Collectors.joining("", "| code | HTTP | remedy | meaning |\n|---|---|---|---|\n", ""));
  }

  private static String row(ErrorCode code) {
    boolean mqttOnly = code.code().startsWith("mqtt.");
    return "| `%s` | %s | %s | %s |\n"
        .formatted(
            code.code(),
            mqttOnly ? "–" : Integer.toString(ErrorStatus.of(code)),
            code.remedy().name().toLowerCase(Locale.ROOT).replace('_', ' '),
            code.meaning());
  }
}
