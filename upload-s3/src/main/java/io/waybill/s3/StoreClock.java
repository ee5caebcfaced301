package io.waybill.s3;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** The clock that a store tells with each answer, beside ours. */
final class StoreClock {
  /** S3 puts up with 15 minutes; some stores with less. */
  private static final Duration NO_MATTER = Duration.ofMinutes(4);

  private StoreClock() {}

  /** That the two are far apart; null when they are not, or it tells none. */
  static @Nullable String apart(@Nullable String date, Instant ours) {
    if (date == null) {
      return null;
    }
    try {
      Instant theirs = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      Duration ahead = Duration.between(theirs, ours);
      return ahead.abs().compareTo(NO_MATTER) < 0
          ? null
          : "this machine's clock is %d s %s the store's"
              .formatted(ahead.abs().toSeconds(), ahead.isNegative() ? "behind" : "ahead of");
    } catch (DateTimeException noDate) {
      return null;
    }
  }
}
