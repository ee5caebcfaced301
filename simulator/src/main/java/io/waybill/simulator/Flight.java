package io.waybill.simulator;

import io.waybill.core.memory.MemoryTransaction;
import io.waybill.testkit.turns.Coroutine;
import java.time.Instant;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One call on its way through one process, and who hears of its end. */
final class Flight {

  /** How a call has ended. */
  sealed interface End {
    record Answered(Object value) implements End {}

    record Died(RuntimeException of) implements End {}
  }

  private sealed interface Heard {
    record Answer(@Nullable Object value) implements Heard {}

    record Trouble(RuntimeException thrown) implements Heard {}
  }

  /** What a call waits for, and since when. */
  private record Hold(BooleanSupplier over, @Nullable MemoryTransaction by, Instant since) {}

  /** What a call asks before it has begun. */
  private static final Question<Boolean> BEGIN = ofProcess("begin");

  /** Whose call it is, and which. */
  final String who;

  /** What it does: a word that all such calls have in common. */
  final String what;

  final Replica replica;

  /** The session that it is about; null where it is about none, or none that is known yet. */
  @Nullable UUID session;

  private final Consumer<End> ended;
  private final Coroutine coroutine;
  private @Nullable End end;
  private @Nullable Question<?> open;
  private @Nullable Heard heard;
  private @Nullable Hold hold;

  /** The transaction that it is in, if it is in one. */
  @Nullable MemoryTransaction transaction;

  /**
   * @param ended hears of the end; nothing at all when the process dies
   */
  Flight(String who, String what, Replica replica, Supplier<?> call, Consumer<End> ended) {
    this.who = who;
    this.what = what;
    this.replica = replica;
    this.ended = ended;
    this.coroutine = new Coroutine(() -> end = endOf(call));
    this.open = BEGIN;
  }

  /** The same, about that session. */
  Flight about(@Nullable UUID of) {
    session = of;
    return this;
  }

  private static End endOf(Supplier<?> call) {
    try {
      return new End.Answered(call.get());
    } catch (RuntimeException of) {
      return new End.Died(of);
    }
  }

  @Override
  public String toString() {
    return who + " " + what;
  }

  /** Goes on to the next question; false when there is none any more. */
  boolean proceed() {
    replica.runs(this);
    if (coroutine.proceed()) {
      return true;
    }
    open = null;
    ended.accept(some(end));
    return false;
  }

  Question<?> question() {
    return some(open);
  }

  /** Asks, and stands still until the scheduler has decided. Said by the call itself. */
  @SuppressWarnings("unchecked") // what is heard is the answer to this question
  <T extends @Nullable Object> T ask(Question<T> question) {
    open = question;
    heard = null;
    Coroutine.pause();
    replica.runs(this);
    return switch (some(heard)) {
      case Heard.Answer(Object value) -> (T) value;
      case Heard.Trouble(RuntimeException thrown) -> throw thrown;
    };
  }

  /** Keeps what the open question is answered; false when another's row is in the way. */
  boolean hear(Supplier<?> answer, Instant now) {
    hold = null;
    try {
      heard = new Heard.Answer(answer.get());
    } catch (MemoryTransaction.Occupied occupied) {
      hold = new Hold(occupied.by()::isOver, occupied.by(), now);
      return false;
    } catch (RuntimeException trouble) {
      heard = new Heard.Trouble(trouble);
    }
    return true;
  }

  /** Stands still until something is over. */
  void await(String name, BooleanSupplier over, Instant now) {
    hold = new Hold(over, null, now);
    Object _ = ask(ofProcess(name));
  }

  private static Question<Boolean> ofProcess(String name) {
    return new Question<>(Question.Part.PROCESS, name, () -> true, () -> true, () -> {});
  }

  boolean isHeld() {
    return hold != null && !hold.over().getAsBoolean();
  }

  /** Since when it has waited for another's row; null when it does not. */
  @Nullable Instant occupiedSince() {
    return hold != null && hold.by() != null && isHeld() ? hold.since() : null;
  }

  /** Whose row it waits for. */
  @Nullable MemoryTransaction holder() {
    return hold == null ? null : hold.by();
  }

  private static <T> T some(@Nullable T value) {
    if (value == null) {
      throw new IllegalStateException("nothing is asked, or nothing was heard");
    }
    return value;
  }
}
