package io.waybill.validators.format;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.waybill.validators.reading.ByteSource;
import io.waybill.validators.reading.Bytes;
import io.waybill.validators.reading.DatasetValidator;
import io.waybill.validators.reading.Findings;
import io.waybill.validators.reading.Kind;
import io.waybill.validators.reading.Malformed;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** PCD point clouds: the header, and whether all points are there. */
public final class PcdValidator implements DatasetValidator {

  private static final int LONGEST_HEADER = 64 << 10;

  private static final Kind KIND =
      new Kind(
          "pcd",
          "1",
          Set.of(".pcd"),
          Set.of("application/vnd.pcd"),
          head -> Bytes.startsWith(head, "# .PCD"),
          List.of("fields", "width", "height", "points", "encoding"));

  @Override
  public Kind kind() {
    return KIND;
  }

  @Override
  public void read(ByteSource file, Findings findings) {
    Map<String, List<String>> header = new HashMap<>();
    long data = header(file, header);
    long points = number(header, "POINTS");
    findings.put("fields", header.getOrDefault("FIELDS", List.of()));
    findings.put("width", number(header, "WIDTH"));
    findings.put("height", number(header, "HEIGHT"));
    findings.put("points", points);
    String encoding = String.join(" ", header.getOrDefault("DATA", List.of()));
    findings.put("encoding", encoding);
    if (encoding.equals("binary")) {
      long length = pointLength(header);
      findings.wrongIf(
          length > 0 && points > (file.size() - data) / length,
          file.size(),
          "the file was cut off: %d points of %d bytes are said".formatted(points, length));
    }
  }

  /** Reads lines up to the one of DATA; says where the points begin. */
  private static long header(ByteSource file, Map<String, List<String>> header) {
    String head = new String(file.head(LONGEST_HEADER), ISO_8859_1);
    int at = 0;
    while (!header.containsKey("DATA")) {
      int end = head.indexOf('\n', at);
      if (end < 0) {
        throw new Malformed(at, "this is no PCD: its header has no end");
      }
      List<String> words = List.of(head.substring(at, end).strip().split("\\s+", -1));
      if (!words.getFirst().startsWith("#")) {
        header.put(words.getFirst(), words.subList(1, words.size()));
      }
      at = end + 1;
    }
    return at;
  }

  private static long pointLength(Map<String, List<String>> header) {
    List<String> sizes = header.getOrDefault("SIZE", List.of());
    List<String> counts = header.getOrDefault("COUNT", List.of());
    long length = 0;
    for (int at = 0; at < sizes.size(); at++) {
      length += number(sizes.get(at)) * (at < counts.size() ? number(counts.get(at)) : 1);
    }
    return length;
  }

  private static long number(Map<String, List<String>> header, String name) {
    List<String> words = header.getOrDefault(name, List.of());
    return words.isEmpty() ? 0 : number(words.getFirst());
  }

  private static long number(String word) {
    try {
      long number = Integer.parseInt(word);
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new Malformed(0, "the header has no number where one belongs");
  }
}
