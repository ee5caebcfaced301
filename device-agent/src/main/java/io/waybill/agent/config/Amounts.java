package io.waybill.agent.config;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes and spans of time as people write them. */
public final class Amounts {

  private static final Pattern SIZE =
      Pattern.compile("(\\d{1,15})\\s*([KMGT]?)(i?B)?", Pattern.CASE_INSENSITIVE);
  private static final Pattern SPAN = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|h|d)");

  private Amounts() {}

  /**
   * Such as {@code 500K}, {@code 64M} or {@code 1G}, in powers of 1024; empty for anything else.
   */
  public static Optional<Long> bytes(String text) {
    Matcher size = SIZE.matcher(text.strip());
    if (!size.matches()) {
      return Optional.empty();
    }
    int unit = "KMGT".indexOf(size.group(2).toUpperCase(Locale.ROOT));
    int shift = size.group(2).isEmpty() ? 0 : 10 * (unit + 1);
    long number = Long.parseLong(size.group(1));
    return number == 0 || number > Long.MAX_VALUE >> shift
        ? Optional.empty()
        : Optional.of(number << shift);
  }

  static long bytes(Given given) {
    return bytes(given.text()).orElseThrow(() -> given.not("is a size such as 500K, 64M or 200G"));
  }

  /** A span such as {@code 30s}, {@code 5m}, {@code 12h} or {@code 7d}. */
  static Duration span(Given given) {
    Matcher span = SPAN.matcher(given.text());
    if (!span.matches()) {
      throw given.not("is a time such as 30s, 5m, 12h or 7d");
    }
    long number = Long.parseLong(span.group(1));
    return switch (span.group(2)) {
      case "ms" -> Duration.ofMillis(number);
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      default -> Duration.ofDays(number);
    };
  }
}
