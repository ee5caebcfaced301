package io.waybill.agent.config;

import java.time.Duration;

/**
 * What the daemon may use.
 *
 * @param connections parts under way at the start, of one upload
 * @param schedule how fast all uploads together may be, and when
 * @param pausesMetered whether no part is started while the network costs by the byte
 * @param openUploads under way at once; an upload of a higher priority may open beyond it
 * @param ageing how long an upload without a turn waits to be worth one priority more
 * @param rescan how often a watched directory is read as a whole, because events get lost
 */
public record Limits(
    int connections,
    Schedule schedule,
    boolean pausesMetered,
    int openUploads,
    Duration ageing,
    Duration rescan) {

  private static final int MOST_CONNECTIONS = 64;
  private static final int MOST_OPEN = 100;

  public static Limits of(Settings settings) {
    return new Limits(
        settings.given(Key.CONNECTIONS).map(n -> n.number(1, MOST_CONNECTIONS)).orElse(4),
        Schedule.of(
            settings.table(Key.SCHEDULE),
            settings.given(Key.MAX_BYTES_PER_SECOND).map(Limits::rate).orElse(0L)),
        settings.given(Key.METERED).map(Limits::pauses).orElse(false),
        settings.given(Key.OPEN_UPLOADS).map(n -> n.number(1, MOST_OPEN)).orElse(4),
        settings.given(Key.AGEING).map(Limits::span).orElse(Duration.ofMinutes(5)),
        settings.given(Key.RESCAN).map(Limits::span).orElse(Duration.ofMinutes(5)));
  }

  /** Bytes per second, 0 for no limit. */
  static long rate(Given given) {
    return given.text().equals("unlimited")
        ? 0
        : Amounts.bytes(given.text())
            .orElseThrow(() -> given.not("is a size such as 500K or 2M, or unlimited"));
  }

  private static boolean pauses(Given given) {
    return switch (given.text()) {
      case "pause" -> true;
      case "ignore" -> false;
      default -> throw given.not("is either pause or ignore");
    };
  }

  private static Duration span(Given given) {
    Duration span = Amounts.span(given);
    if (span.isZero()) {
      throw given.not("is a time such as 30s, 5m, 12h or 7d");
    }
    return span;
  }
}
