package io.waybill.doors;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
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
      parts.add(new Part(name, answered(questions.get(i), answers.get(i), deadline) ? UP : DOWN));
    }
    boolean up = parts.stream().allMatch(Part::up);
    return new Report(up ? UP : DOWN, parts);
  }

  private static boolean answered(
      Question question, CompletableFuture<Void> answer, long deadline) {
    try {
      answer.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
      return true;
    } catch (ExecutionException said) {
      return false;
    } catch (TimeoutException e) {
      question.news.silent();
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Says what is wrong when it begins or has another reason, not at every probe, and its end. */
  private static final class News {
    private final String name;

    /** What was said last; null while all is well. */
    private @Nullable String said;

    News(String name) {
      this.name = name;
    }

    /** A part that was silent may say later what is wrong; silence is no news after a reason. */
    synchronized void silent() {
      if (said == null) {
        say("it does not answer in time");
      }
    }

    synchronized void bad(String reason) {
      if (said == null || !gist(reason).equals(gist(said))) {
        say(reason);
      }
    }

    /** Without the counts and seconds that differ from probe to probe. */
    private static String gist(String reason) {
      return reason.replaceAll("\\d+", "");
    }

    private void say(String reason) {
      said = reason;
      LOG.warn("not ready while {} does not work: {}; tried again at every probe", name, reason);
    }

    synchronized void good() {
      if (said != null) {
        said = null;
        LOG.info("{} works again", name);
      }
    }
  }

  /** Asks one part, never twice at once: a part that hangs costs one thread, not one per probe. */
  private static final class Question {
    private final Check check;
    private final News news;
    private final AtomicReference<CompletableFuture<Void>> underWay = new AtomicReference<>();

    Question(Check check) {
      this.check = check;
      this.news = new News(check.name());
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
      RuntimeException wrong = null;
      try {
        check.ask().run();
        news.good();
      } catch (RuntimeException e) {
        news.bad(String.valueOf(e.getMessage()));
        wrong = e;
      } finally {
        // Before the answer: who has it and asks again must not be given the same one.
        underWay.set(null);
      }
      if (wrong == null) {
        mine.complete(null);
      } else {
        mine.completeExceptionally(wrong);
      }
    }
  }
}
