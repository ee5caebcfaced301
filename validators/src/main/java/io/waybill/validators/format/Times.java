package io.waybill.validators.format;

import io.waybill.validators.reading.Findings;
import java.time.Instant;

/** The time that a recording covers. */
final class Times {

  private Times() {}

  /** Says when it begins and ends, in nanoseconds since 1970. */
  static void put(Findings findings, long startNanos, long endNanos) {
    findings.put("start", text(startNanos));
    findings.put("end", text(endNanos));
    findings.put("durationSeconds", seconds(endNanos - startNanos));
  }

  static String text(long nanos) {
    return Instant.ofEpochSecond(0, nanos).toString();
  }

  static double seconds(long nanos) {
    return nanos / 1e9;
  }
}
