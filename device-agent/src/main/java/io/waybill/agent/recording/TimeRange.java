package io.waybill.agent.recording;

import java.io.IOException;
import java.time.Instant;

/** From the first message of a recording to its last. */
public record TimeRange(Instant start, Instant end) {

  private static final long SECOND = 1_000_000_000L;

  /** Both in nanoseconds since 1970, as unsigned numbers. */
  static TimeRange ofNanos(long start, long end) throws IOException {
    if (Long.compareUnsigned(start, end) > 0) {
      throw new IOException("it ends before it begins");
    }
    return new TimeRange(instant(start), instant(end));
  }

  private static Instant instant(long nanos) {
    return Instant.ofEpochSecond(
        Long.divideUnsigned(nanos, SECOND), Long.remainderUnsigned(nanos, SECOND));
  }
}
