package io.waybill.postgres;

import io.waybill.core.app.CommitListener;
import io.waybill.core.event.Facts;
import io.waybill.core.upload.TaskStatus;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/**
 * Tells every process, after a commit, that the outbox has something new: the first time at once,
 * then once in {@link #QUIET}, however many commits there are. It is a transaction of its own,
 * because those that notify take turns until their commit is on disk: a domain transaction that
 * does so makes all others wait. What dies between a commit and this is found by whoever polls.
 */
final class OutboxNotifier implements CommitListener, AutoCloseable {

  /** What {@link OutboxListener} listens on. */
  static final String CHANNEL = "waybill_outbox";

  private static final Duration QUIET = Duration.ofMillis(50);

  private final DataSource pool;
  private final CommitListener next;
  private final Semaphore news = new Semaphore(0);
  private final Semaphore stopping = new Semaphore(0);
  private final Thread thread = Thread.ofVirtual().name("outbox-notifier").unstarted(this::run);

  private OutboxNotifier(DataSource pool, CommitListener next) {
    this.pool = pool;
    this.next = next;
  }

  static OutboxNotifier start(DataSource pool, CommitListener next) {
    OutboxNotifier notifier = new OutboxNotifier(pool, next);
    notifier.thread.start();
    return notifier;
  }

  @Override
  public void committed(Facts facts) {
    if (!facts.outbox().isEmpty() && news.availablePermits() == 0) {
      news.release();
    }
    next.committed(facts);
  }

  @Override
  public void ended(List<TaskStatus> tasks) {
    next.ended(tasks);
  }

  private void run() {
    try {
      do {
        news.acquire();
        news.drainPermits();
        tell();
      } while (!stopping.tryAcquire(QUIET.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void tell() {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("notify " + CHANNEL);
    } catch (SQLException e) {
      // Whoever polls finds it; that the database is away is told by those who need it.
    }
  }

  @Override
  public void close() {
    stopping.release();
    thread.interrupt();
  }
}
