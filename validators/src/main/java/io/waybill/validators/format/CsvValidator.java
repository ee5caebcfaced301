package io.waybill.validators.format;

import io.waybill.validators.reading.ByteSource;
import io.waybill.validators.reading.DatasetValidator;
import io.waybill.validators.reading.Findings;
import io.waybill.validators.reading.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Tables as text: the names of the columns, and how the last line ends. */
public final class CsvValidator implements DatasetValidator {

  private static final String DELIMITERS = ",;\t|";

  private static final Kind KIND =
      new Kind(
          "csv",
          "1",
          Set.of(".csv", ".tsv"),
          Set.of("text/csv", "text/tab-separated-values"),
          Kind.Magic.NONE,
          List.of("columns", "columnCount", "delimiter", "lastLineEnds"));

  @Override
  public Kind kind() {
    return KIND;
  }

  @Override
  public void read(ByteSource file, Findings findings) {
    TextLines lines = TextLines.of(file, TextLines.LENGTH);
    String first = lines.first();
    char delimiter = delimiter(first);
    List<String> columns = split(first, delimiter);
    findings.put("delimiter", delimiter == '\t' ? "tab" : String.valueOf(delimiter));
    findings.put("columnCount", columns.size());
    findings.put("columns", columns);
    findings.put("lastLineEnds", lines.lastLineEnds());
    if (!lines.lastLineEnds() && lines.hasLast() && lines.lastAt() > 0) {
      int fields = split(lines.last(), delimiter).size();
      findings.wrongIf(
          fields < columns.size(),
          lines.lastAt(),
          "the table was cut off: its last line does not end and has %d of %d columns"
              .formatted(fields, columns.size()));
    }
  }

  /** The delimiter that the first line has most of. */
  private static char delimiter(String line) {
    char best = ',';
    long most = 0;
    for (int at = 0; at < DELIMITERS.length(); at++) {
      char delimiter = DELIMITERS.charAt(at);
      long count = line.chars().filter(character -> character == delimiter).count();
      if (count > most) {
        best = delimiter;
        most = count;
      }
    }
    return best;
  }

  /** Fields of one line (RFC 4180): a quoted one may hold delimiters and doubled quotes. */
  private static List<String> split(String line, char delimiter) {
    List<String> fields = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean isQuoted = false;
    for (int at = 0; at < line.length(); at++) {
      char character = line.charAt(at);
      if (character == '"') {
        isQuoted = !isQuoted;
      } else if (character == delimiter && !isQuoted) {
        fields.add(field.toString());
        field.setLength(0);
      } else {
        field.append(character);
      }
    }
    fields.add(field.toString());
    return fields;
  }
}
