package io.waybill.doors;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether the parts of the world that every request needs answer right now. */
public final class Readiness {

  private static final Logger LOG = LoggerFactory.getLogger(Readiness.class);
  private static final String UP = "up";
  private static final String DOWN = "down";

  /**
   * One part of the world.
   *
   * @param name such as {@code database}, {@code storage} or {@code broker}
   * @param ask really asks it; throws when it does not answer
   */
  public record Check(String name, Runnable ask) {}

  /** The answer of {@code /readyz}. */
  public record Report(String status, List<Part> checks) {
    public Report {
      checks = List.copyOf(checks);
    }

    public boolean up() {
      return status.equals(UP);
    }
  }

  /** One part's line in it. */
  public record Part(String name, String status) {
    public boolean up() {
      return status.equals(UP);
    }
  }

  private final List<Question> questions;
  private final Duration limit;

  public Readiness(List<Check> checks, Duration limit) {
    this.questions = checks.stream().map(Question::new).toList();
    this.limit = limit;
  }

  /** Asks all at once, for at most the limit. */
  public Report report() {
    List<CompletableFuture<Void>> answers = questions.stream().map(Question::ask).toList();
    long deadline = System.nanoTime() + limit.toNanos();
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < answers.size(); i++) {
      String name = questions.get(i).check.name();
      parts.add(new Part(name, answered(name, answers.get(i), deadline) ? UP : DOWN));
    }
    boolean up = parts.stream().allMatch(Part::up);
    return new Report(up ? UP : DOWN, parts);
  }

  private boolean answered(String name, CompletableFuture<Void> answer, long deadline) {
    try {
      answer.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
      return true;
    } catch (ExecutionException | TimeoutException e) {
      LOG.atWarn()
          .setMessage("{} did not answer; not ready until it does")
          .addArgument(name)
          .addKeyValue("cause", String.valueOf(e))
          .log();
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Asks one part, never twice at once: a part that hangs costs one thread, not one per probe. */
  private static final class Question {
    private final Check check;
    private final AtomicReference<CompletableFuture<Void>> underWay = new AtomicReference<>();

    Question(Check check) {
      this.check = check;
    }

    CompletableFuture<Void> ask() {
      CompletableFuture<Void> mine = new CompletableFuture<>();
      CompletableFuture<Void> other = underWay.compareAndExchange(null, mine);
      if (other != null) {
        return other;
      }
      Thread.ofVirtual().name("readiness-" + check.name()).start(() -> answer(mine));
      return mine;
    }

    private void answer(CompletableFuture<Void> mine) {
      try {
        check.ask().run();
        mine.complete(null);
      } catch (RuntimeException e) {
        mine.completeExceptionally(e);
      } finally {
        underWay.set(null);
      }
    }
  }
}
