package io.waybill.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Under which name a download is saved. */
class ContentDispositionTest {

  private static final Pattern HEADER =
      Pattern.compile(
          "attachment; filename=\"([\\x20-\\x7e&&[^\"\\\\%]]*)\"; filename\\*=UTF-8''"
              + "((?:[A-Za-z0-9._~-]|%[0-9A-F]{2})*)");

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          run.mcap,                  run.mcap,             run.mcap
          Lauf 7; a=b.mcap,          Lauf 7; a=b.mcap,     Lauf 7; a=b.mcap
          50%41.mcap,                50_41.mcap,           50%41.mcap
          Läufe_漢字.mcap,           L_ufe___.mcap,        Läufe_漢字.mcap
          😀.mcap,                   _.mcap,               😀.mcap
          a/../b.mcap,               a_.._b.mcap,          a_.._b.mcap
          """)
  void a_name_is_said_in_ascii_and_as_it_is(String name, String plain, String whole) {
    Matcher header = header(name);

    assertThat(header.group(1)).isEqualTo(plain);
    assertThat(decoded(header)).isEqualTo(whole);
  }

  @Test
  void nothing_that_a_name_can_hold_ends_the_header_or_turns_it_around() {
    String name = "a\r\nX: y\0\u001b[2J\u0085\u202egnp.exe\u2028\ud800\"\\%00";
    Matcher header = header(name);

    assertThat(header.group(1)).isEqualTo("a__X: y__[2J__gnp.exe_____00");
    assertThat(decoded(header)).isEqualTo("a__X: y__[2J__gnp.exe__\"_%00");
  }

  @Test
  void every_character_there_is_makes_a_header() {
    for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
      assertThat(ContentDisposition.attachment("a" + Character.toString(c) + "b")).matches(HEADER);
    }
  }

  private static Matcher header(String name) {
    Matcher header = HEADER.matcher(ContentDisposition.attachment(name));
    assertThat(header.matches()).as(ContentDisposition.attachment(name)).isTrue();
    return header;
  }

  private static String decoded(Matcher header) {
    return URLDecoder.decode(header.group(2), StandardCharsets.UTF_8);
  }
}
