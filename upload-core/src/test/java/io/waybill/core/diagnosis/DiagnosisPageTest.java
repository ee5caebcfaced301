package io.waybill.core.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/diagnosis.md} says of every cause, and of nothing else, what it means. */
class DiagnosisPageTest {
  private static final Path PAGE = Path.of("../docs/diagnosis.md");
  private static final Pattern ROW =
      Pattern.compile("^\\| `([a-z_]+)` \\| .+ \\| .+ \\|$", Pattern.MULTILINE);

  @Test
  void the_page_has_a_row_for_every_cause() throws IOException {
    List<String> rows =
        ROW.matcher(Files.readString(PAGE))
            .results()
            .map((MatchResult row) -> row.group(1))
            .toList();
    assertThat(rows)
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(Cause.values()).map(Cause::toString).toList());
  }
}
