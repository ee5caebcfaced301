package io.waybill.allinone.embedded;

import io.waybill.server.config.StartupFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** Starts a database server again whenever it dies without being told to, and says so. */
public final class PostgresWatch {
  private static final Executor THREADS = task -> Thread.ofVirtual().start(task);

  /** One that dies this soon after its start, this many times running, will do so again. */
  private static final Duration TOO_SOON = Duration.ofSeconds(5);

  private static final int MOST_QUICK_DEATHS = 3;

  private final EmbeddedPostgres server;
  private final Consumer<String> notice;
  private final Consumer<String> isLost;

  private final Duration tooSoon;
  private int quickDeaths;

  private PostgresWatch(
      EmbeddedPostgres server, Consumer<String> notice, Consumer<String> isLost, Duration tooSoon) {
    this.server = server;
    this.notice = notice;
    this.isLost = isLost;
    this.tooSoon = tooSoon;
  }

  /**
   * Watches until the server is closed or lost.
   *
   * @param notice is told what a person should know of, as a line
   * @param isLost is told why, when the server cannot be started again
   */
  public static void over(
      EmbeddedPostgres server, Consumer<String> notice, Consumer<String> isLost) {
    of(server, notice, isLost, TOO_SOON).begin();
  }

  static PostgresWatch of(
      EmbeddedPostgres server, Consumer<String> notice, Consumer<String> isLost, Duration tooSoon) {
    return new PostgresWatch(server, notice, isLost, tooSoon);
  }

  void begin() {
    await(server.launchedAt());
  }

  private void await(Instant launchedAt) {
    server
        .postmaster()
        .ifPresentOrElse(
            process -> {
              var _ = process.onExit().thenRunAsync(() -> revive(launchedAt), THREADS);
            },
            () -> THREADS.execute(() -> revive(launchedAt)));
  }

  private void revive(Instant launchedAt) {
    quickDeaths = launchedAt.plus(tooSoon).isAfter(Instant.now()) ? quickDeaths + 1 : 0;
    if (quickDeaths == MOST_QUICK_DEATHS && !server.isClosed()) {
      isLost.accept("PostgreSQL ends again and again; its log ends with: " + server.lastWords());
      return;
    }
    try {
      if (server.isClosedOrRevived()) {
        return;
      }
    } catch (StartupFailure e) {
      isLost.accept("PostgreSQL has ended and cannot be started again: " + e.getMessage());
      return;
    }
    notice.accept(
        "PostgreSQL had ended without being told to and was started again; what it had"
            + " acknowledged is there");
    await(server.launchedAt());
  }
}
