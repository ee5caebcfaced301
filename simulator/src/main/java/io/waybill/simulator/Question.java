package io.waybill.simulator;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a call asks of the world, and waits for the scheduler to decide.
 *
 * @param effect what happens, and what is answered, when it goes well
 * @param silence what the caller is told when no answer comes: throws, or answers so
 * @param refusal what the caller is told when the other side does not let it in
 * @param lost what the other side does once it knows that the caller is gone
 */
record Question<T extends @Nullable Object>(
    Part part,
    String name,
    Supplier<T> effect,
    Supplier<T> silence,
    Supplier<T> refusal,
    Runnable lost) {

  /** The parts of the world that a process asks. */
  enum Part {
    DATABASE,
    STORAGE,
    /** The process itself: it never fails to answer. */
    PROCESS
  }

  /** One that nobody refuses. */
  Question(Part part, String name, Supplier<T> effect, Supplier<T> silence, Runnable lost) {
    this(part, name, effect, silence, silence, lost);
  }
}
