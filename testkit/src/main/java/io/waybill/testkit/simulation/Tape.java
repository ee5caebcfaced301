package io.waybill.testkit.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * What one call has asked of the world so far, and what it was answered. A call in flight is
 * nothing but its beginning and this tape: to go on, it runs from the beginning, hears again what
 * it has heard, and stops at the first question that nobody has answered. So calls can be
 * interleaved in any order, and dropped anywhere, without a thread.
 */
final class Tape {

  /** The parts of the world that a process asks. */
  enum Part {
    DATABASE,
    STORAGE
  }

  /**
   * A question that waits for the scheduler.
   *
   * @param effect what happens, and what is answered, when it goes well
   * @param silence what the caller is told when no answer comes: throws, or answers so
   */
  record Question<T>(Part part, String name, Supplier<T> effect, Supplier<T> silence) {}

  /** Ends a run of the call at its first open question. No work catches an error of the JVM. */
  private static final class Unanswered extends Error {
    private static final long serialVersionUID = 1L;
    private final transient Question<?> question;

    Unanswered(Question<?> question) {
      super(question.name(), null, false, false);
      this.question = question;
    }
  }

  private sealed interface Heard {
    record Answer(Object value) implements Heard {}

    record Trouble(RuntimeException thrown) implements Heard {}
  }

  private final List<Heard> heard = new ArrayList<>();
  private int place;

  /** Asks what the scheduler decides on. */
  @SuppressWarnings("unchecked") // an answer is kept under the question that it was given to
  <T> T ask(Question<T> question) {
    if (place == heard.size()) {
      throw new Unanswered(question);
    }
    return switch (heard.get(place++)) {
      case Heard.Answer(Object value) -> (T) value;
      case Heard.Trouble(RuntimeException thrown) -> throw thrown;
    };
  }

  /** Asks what is always answered at once: the time, a new id. */
  <T> T askNow(Supplier<T> effect) {
    if (place == heard.size()) {
      heard.add(new Heard.Answer(effect.get()));
    }
    return ask(new Question<>(Part.DATABASE, "now", effect, effect));
  }

  /** Keeps what the open question is answered. */
  void hear(Supplier<?> answer) {
    try {
      heard.add(new Heard.Answer(answer.get()));
    } catch (RuntimeException trouble) {
      heard.add(new Heard.Trouble(trouble));
    }
  }

  /** How far a call has come. */
  sealed interface Stand {
    record Asks(Question<?> question) implements Stand {}

    record Ended(Object value) implements Stand {}

    record Died(RuntimeException of) implements Stand {}
  }

  /** Runs the call as far as its answers go. */
  Stand run(Supplier<?> call) {
    place = 0;
    try {
      return new Stand.Ended(call.get());
    } catch (Unanswered open) {
      return new Stand.Asks(open.question);
    } catch (RuntimeException of) {
      return new Stand.Died(of);
    }
  }
}
