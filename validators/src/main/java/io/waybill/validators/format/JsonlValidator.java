package io.waybill.validators.format;

import io.waybill.validators.reading.ByteSource;
import io.waybill.validators.reading.DatasetValidator;
import io.waybill.validators.reading.Findings;
import io.waybill.validators.reading.Kind;
import java.util.List;
import java.util.Set;

/** JSON, one value on each line: the first and the last one. */
public final class JsonlValidator implements DatasetValidator {

  /** The first line may be this long: some carry a picture. */
  private static final int LONGEST = 1 << 20;

  private static final Kind KIND =
      new Kind(
          "jsonl",
          "1",
          Set.of(".jsonl", ".ndjson"),
          Set.of("application/jsonl", "application/x-ndjson"),
          Kind.Magic.NONE,
          List.of("lastLineEnds", "fields"));

  @Override
  public Kind kind() {
    return KIND;
  }

  @Override
  public void read(ByteSource file, Findings findings) {
    TextLines lines = TextLines.of(file, LONGEST);
    List<String> fields = new JsonLine(lines.first(), 0).fields();
    findings.put("lastLineEnds", lines.lastLineEnds());
    findings.put("fields", fields);
    if (lines.hasLast() && lines.lastAt() > 0 && !lines.last().isBlank()) {
      new JsonLine(lines.last(), lines.lastAt()).fields();
    }
  }
}
