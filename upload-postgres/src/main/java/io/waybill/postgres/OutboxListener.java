package io.waybill.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Hears of new events in the outbox, over one connection of its own. Where there is no connection
 * it looks for one, again and again, and once it has one it says that there may be something new.
 */
public final class OutboxListener implements AutoCloseable {

  /** What an operator sees of it in {@code pg_stat_activity}. */
  private static final String NAME = "waybill-listener";

  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
  private static final Duration SILENCE = Duration.ofSeconds(10);
  private static final int ALIVE_SECONDS = 2;

  private final PostgresSettings settings;
  private final Runnable onNews;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Thread thread = Thread.ofVirtual().name("outbox-listener").unstarted(this::run);
  private volatile @Nullable Connection connection;

  private OutboxListener(PostgresSettings settings, Runnable onNews) {
    this.settings = settings;
    this.onNews = onNews;
  }

  /**
   * Begins to listen; the database may come later.
   *
   * @param onNews called, by one thread, when there may be something new; returns soon
   */
  public static OutboxListener start(PostgresSettings settings, Runnable onNews) {
    OutboxListener listener = new OutboxListener(settings, onNews);
    listener.thread.start();
    return listener;
  }

  private void run() {
    Duration pause = FIRST_PAUSE;
    try {
      do {
        pause = hasListened() ? FIRST_PAUSE : longer(pause);
      } while (!stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Duration longer(Duration pause) {
    Duration twice = pause.multipliedBy(2);
    return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
  }

  /** Listens until the connection is lost; false when there was none. */
  private boolean hasListened() {
    boolean isListening = false;
    PGSimpleDataSource driver = Pool.patient(settings);
    driver.setApplicationName(NAME);
    try (Connection made = driver.getConnection();
        Statement statement = made.createStatement()) {
      connection = made;
      statement.execute("listen " + OutboxNotifier.CHANNEL);
      isListening = true;
      onNews.run(); // whatever was said while nobody listened
      PGConnection ears = made.unwrap(PGConnection.class);
      while (stopping.getCount() > 0) {
        hear(ears, made);
      }
    } catch (SQLException e) {
      // Polling goes on meanwhile; that the database is away is told by those who need it.
    }
    connection = null;
    return isListening;
  }

  private void hear(PGConnection ears, Connection whole) throws SQLException {
    var heard = ears.getNotifications(Math.toIntExact(SILENCE.toMillis()));
    if (heard != null && heard.length > 0) {
      onNews.run();
    } else if (!whole.isValid(ALIVE_SECONDS)) {
      throw new SQLException("the connection is dead");
    }
  }

  @Override
  public void close() {
    stopping.countDown();
    Connection open = connection;
    if (open == null) {
      return;
    }
    try {
      open.abort(Runnable::run);
    } catch (SQLException e) {
      // It is lost in any case.
    }
  }
}
