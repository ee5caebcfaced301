package io.waybill.s3;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** {@code yyyyMMdd'T'HHmmss'Z'} without the cost of a formatter. */
final class AmzTime {

  private AmzTime() {}

  static String of(Instant instant) {
    LocalDateTime t = LocalDateTime.ofEpochSecond(instant.getEpochSecond(), 0, ZoneOffset.UTC);
    StringBuilder text = new StringBuilder(16);
    two(text, t.getYear() / 100);
    two(text, t.getYear() % 100);
    two(text, t.getMonthValue());
    two(text, t.getDayOfMonth());
    text.append('T');
    two(text, t.getHour());
    two(text, t.getMinute());
    two(text, t.getSecond());
    return text.append('Z').toString();
  }

  private static void two(StringBuilder text, int number) {
    text.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
  }
}
