package io.waybill.agent.config;

import java.time.Duration;
import java.util.Optional;

/**
 * What the daemon may use.
 *
 * @param connections parts under way at the start, of one upload
 * @param maxBytesPerSecond of all uploads together, 0 for no limit
 * @param openUploads under way at once; an upload of a higher priority may open beyond it
 * @param ageing how long an upload without a turn waits to be worth one priority more
 * @param rescan how often a watched directory is read as a whole, because events get lost
 */
public record Limits(
    int connections, long maxBytesPerSecond, int openUploads, Duration ageing, Duration rescan) {

  private static final int MOST_CONNECTIONS = 64;
  private static final int MOST_OPEN = 100;

  public static Limits of(Settings settings) {
    return new Limits(
        settings.given(Key.CONNECTIONS).map(n -> n.number(1, MOST_CONNECTIONS)).orElse(4),
        rate(settings.given(Key.MAX_BYTES_PER_SECOND)),
        settings.given(Key.OPEN_UPLOADS).map(n -> n.number(1, MOST_OPEN)).orElse(4),
        settings.given(Key.AGEING).map(Limits::span).orElse(Duration.ofMinutes(5)),
        settings.given(Key.RESCAN).map(Limits::span).orElse(Duration.ofMinutes(5)));
  }

  private static long rate(Optional<Given> given) {
    return given
        .filter(rate -> !rate.text().equals("unlimited"))
        .map(rate ->
            Amounts.bytes(rate.text())
                .orElseThrow(() -> rate.not("is a size such as 500K or 2M, or unlimited")))
        .orElse(0L);
  }

  private static Duration span(Given given) {
    Duration span = Amounts.span(given);
    if (span.isZero()) {
      throw given.not("is a time such as 30s, 5m, 12h or 7d");
    }
    return span;
  }
}
