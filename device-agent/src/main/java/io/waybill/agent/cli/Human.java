package io.waybill.agent.cli;

import io.waybill.agent.config.Amounts;
import java.time.Duration;
import java.util.Locale;

/** Sizes and times as people write and read them. */
final class Human {

  private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB"};

  private Human() {}

  static String bytes(long bytes) {
    int unit = 0;
    double value = (double) bytes;
    while (value >= 1024 && unit < UNITS.length - 1) {
      value /= 1024;
      unit++;
    }
    String format = unit == 0 || value >= 100 ? "%.0f %s" : "%.1f %s";
    return String.format(Locale.ROOT, format, value, UNITS[unit]);
  }

  static String count(int number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }

  static String time(Duration duration) {
    long millis = duration.toMillis();
    if (millis < 1_000) {
      return millis + " ms";
    }
    if (millis < 60_000) {
      return String.format(Locale.ROOT, "%.1f s", millis / 1e3);
    }
    long seconds = millis / 1000;
    if (duration.toDays() >= 2) {
      return duration.toDays() + " days";
    }
    return seconds < 3600
        ? String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60)
        : String.format(
            Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
  }

  static long parseBytes(String what, String text) {
    return Amounts.bytes(text)
        .orElseThrow(
            () -> new UsageException(what + " is a size such as 500K, 64M or 1G, not " + text));
  }
}
