package io.waybill.core.upload;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The parts of a session, as rows or as ranges. */
public sealed interface PartsAnswer {

  /**
   * One page of rows.
   *
   * @param source {@code db}, {@code storage} or {@code reconcile}
   * @param uploadedPartCount parts that need not be sent again
   * @param missingPartNumbers the first 1000 of all others
   * @param nextCursor opaque; null at the end
   */
  record Rows(
      UUID sessionId,
      String source,
      int partCount,
      int uploadedPartCount,
      List<Integer> missingPartNumbers,
      List<Row> parts,
      @Nullable String nextCursor)
      implements PartsAnswer {
    public Rows {
      missingPartNumbers = List.copyOf(missingPartNumbers);
      parts = List.copyOf(parts);
    }
  }

  /**
   * All parts in a few bytes.
   *
   * @param uploaded {@code 1-40,43}; empty when there are none
   */
  record Ranges(
      UUID sessionId, String source, int partCount, int uploadedPartCount, String uploaded)
      implements PartsAnswer {}

  /**
   * One part.
   *
   * @param confirmed whether storage itself has said so
   * @param checksums base64, by algorithm: {@code sha256}
   * @param lastError why it must be sent again; null when it need not
   */
  record Row(
      int partNumber,
      String etag,
      long sizeBytes,
      PartStatus status,
      boolean confirmed,
      Map<String, String> checksums,
      Instant uploadedAt,
      long expectedSizeBytes,
      long offsetStart,
      long offsetEndExclusive,
      @Nullable Instant lastPresignedAt,
      @Nullable Instant presignExpiresAt,
      @Nullable LastError lastError) {
    public Row {
      checksums = Map.copyOf(checksums);
    }
  }

  /** Writes sorted numbers as ranges. */
  static String rangesOf(List<Integer> numbers) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < numbers.size(); ) {
      int first = numbers.get(i);
      int last = first;
      while (++i < numbers.size() && numbers.get(i) == last + 1) {
        last++;
      }
      text.append(text.isEmpty() ? "" : ",").append(first);
      if (last > first) {
        text.append('-').append(last);
      }
    }
    return text.toString();
  }
}
