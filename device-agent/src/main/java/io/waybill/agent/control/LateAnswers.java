package io.waybill.agent.control;

import io.waybill.agent.local.Round;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Speaks up for questions that have been waiting for longer than a person waits in peace. */
final class LateAnswers implements AutoCloseable {

  static final Duration PEACE = Duration.ofSeconds(2);
  private static final Duration LOOK_EVERY = Duration.ofMillis(500);

  /** A question that has not been answered yet, and what is known of why. */
  static final class Pending {
    private final long since = System.nanoTime();
    private volatile Why why;

    private Pending(Why why) {
      this.why = why;
    }

    void because(String reason, Duration patience) {
      why = new Why(() -> reason, patience);
    }
  }

  private record Why(Supplier<String> reason, Duration patience) {}

  private final Supplier<String> trouble;
  private final Duration patience;
  private final WaitListener listener;
  private final List<Pending> pending = new ArrayList<>();
  private @Nullable Thread watch;

  LateAnswers(Supplier<String> trouble, Duration patience, WaitListener listener) {
    this.trouble = trouble;
    this.patience = patience;
    this.listener = listener;
  }

  synchronized Pending begin() {
    Pending question = new Pending(new Why(trouble, patience));
    pending.add(question);
    if (watch == null) {
      watch = Thread.ofPlatform().daemon().name("late-answers").start(this::look);
    }
    return question;
  }

  synchronized void end(Pending question) {
    pending.remove(question);
  }

  private void look() {
    Runnable round = Round.of(this::speakUp);
    try {
      while (true) {
        Thread.sleep(LOOK_EVERY);
        round.run();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed
    }
  }

  private void speakUp() {
    Pending oldest = oldest();
    long waited = oldest == null ? 0 : System.nanoTime() - oldest.since;
    if (oldest != null && waited >= PEACE.toNanos()) {
      Why why = oldest.why;
      listener.waiting(why.reason().get(), still(why.patience(), waited));
    }
  }

  private synchronized @Nullable Pending oldest() {
    return pending.isEmpty() ? null : pending.getFirst();
  }

  private static @Nullable Duration still(Duration patience, long waitedNanos) {
    if (patience.compareTo(Patience.ENDLESS.unreachable()) >= 0) {
      return null;
    }
    Duration left = patience.minusNanos(waitedNanos);
    return left.isNegative() ? Duration.ZERO : left;
  }

  @Override
  public synchronized void close() {
    Thread mine = watch;
    if (mine != null) {
      mine.interrupt();
    }
  }
}
