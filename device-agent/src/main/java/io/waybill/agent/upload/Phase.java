package io.waybill.agent.upload;

import io.waybill.agent.spool.FileState;
import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Where one file is on its way. Whatever a phase waits for has a number, under which the answer
 * comes; to any other answer nobody listens any more. 0 is the number of nothing.
 */
sealed interface Phase {

  /** There is no session yet: the server is asked for one. */
  record Planned(@Nullable Halt before) implements Phase {}

  /**
   * What is true is being found out, step by step; no part is started.
   *
   * @param before why it stood still until then, and may have to again
   */
  record InDoubt(Step step, int number, @Nullable Halt before) implements Phase {}

  /**
   * Parts go.
   *
   * @param look the question whether the session still is what we think; 0 while none is asked
   */
  record Sending(int look) implements Phase {}

  /**
   * Every part is stored and the server knows it.
   *
   * @param proven whether what was sent is known to be the file; then the server is asked to
   *     complete
   */
  record Completing(boolean proven, int number) implements Phase {}

  /** It stands still, and a person can see why. */
  sealed interface Halt extends Phase {
    String why();

    /** When it is tried again, by the run's time; null when it is not time that ends it. */
    @Nullable Instant again();
  }

  /**
   * Somebody does not want it to move; looking at the session from time to time tells when that is
   * over.
   *
   * @param look the question what the session is; 0 while none is asked
   * @param due a look that is planned besides; 0 for none
   */
  record Paused(String why, int look, int due) implements Halt {
    @Override
    public @Nullable Instant again() {
      return null;
    }
  }

  /** Something cannot be just now, which does not mean never. Only time ends this. */
  record Waiting(Cause cause, String why, Instant again, Row row, int number) implements Halt {}

  /**
   * The file has ended.
   *
   * @param number of what is still being said to the server about it
   */
  record Ended(FileState how, @Nullable String why, int number) implements Phase {}

  /**
   * How often in a row it could not be.
   *
   * @param since when the row began
   */
  record Row(Instant since, int tries) {}

  /** Who could change it. */
  enum Cause {
    /** The server does not make the task. */
    TASK,
    /** The server does not let us, or does not know. */
    SERVER,
    /** The store refused fresh URLs. */
    STORE,
    /** The file on this machine cannot be read. */
    FILE
  }

  /** What is done to end a doubt. */
  sealed interface Step {

    /** Whether this is an answer to it. */
    default boolean endsBy(Event.Numbered answer) {
      return switch (this) {
        case LookLater later -> answer instanceof Event.Due;
        case Status status -> answer instanceof Event.StatusSaid || refuses(answer);
        case Parts parts -> answer instanceof Event.Listed || refuses(answer);
        case Extension extension -> answer instanceof Event.Extended || refuses(answer);
        case Renewal renewal -> answer instanceof Event.Opened || refuses(answer);
        case SameFile same -> answer instanceof Event.FileIs;
      };
    }

    /** A look at the session is put off: looking did not settle it. */
    record LookLater() implements Step {}

    /** What is the session? */
    record Status() implements Step {}

    /** Which parts does the store have? */
    record Parts() implements Step {}

    /** May the expired session live on? */
    record Extension() implements Step {}

    /** May the object have another session? */
    record Renewal(String why) implements Step {}

    /** Is the file still the one that was planned? */
    record SameFile(Then then) implements Step {}
  }

  /** What follows when the file is the same. */
  sealed interface Then {
    record GoOn() implements Then {}

    record Look() implements Then {}

    record TakeOver(BitSet stored, Duration took) implements Then {}

    record Renew(String why) implements Then {}
  }

  /** Whether it listens to the answer of this number. */
  default boolean awaits(int number) {
    return number != 0
        && switch (this) {
          case Planned planned -> false;
          case InDoubt doubt -> doubt.number() == number;
          case Sending sending -> sending.look() == number;
          case Completing completing -> completing.number() == number;
          case Paused paused -> paused.look() == number || paused.due() == number;
          case Waiting waiting -> waiting.number() == number;
          case Ended ended -> ended.number() == number;
        };
  }

  /** Whether this is the answer that it waits for. */
  default boolean expects(Event.Numbered answer) {
    return awaits(answer.number())
        && switch (this) {
          case Planned planned -> false;
          case InDoubt doubt -> doubt.step().endsBy(answer);
          case Sending sending -> answer instanceof Event.StatusSaid || refuses(answer);
          case Completing completing ->
              completing.proven() ? refuses(answer) : answer instanceof Event.FileIs;
          case Paused paused ->
              answer.number() == paused.due()
                  ? answer instanceof Event.Due
                  : answer instanceof Event.StatusSaid || refuses(answer);
          case Waiting waiting -> answer instanceof Event.Due;
          case Ended ended -> answer instanceof Event.Left;
        };
  }

  private static boolean refuses(Event.Numbered answer) {
    return answer instanceof Event.Refused;
  }

  /** Whether the server has made no session yet. */
  default boolean beforeSession() {
    return this instanceof Planned
        || (this instanceof Waiting waiting && waiting.cause() == Cause.TASK);
  }

  /** Whether the answer that it waits for tells more than anything that comes meanwhile. */
  default boolean hearsOut() {
    return switch (this) {
      case InDoubt(Step.Renewal renewal, int n, var before) -> true;
      case InDoubt(Step.Extension extension, int n, var before) -> true;
      case Completing completing -> true;
      case Planned planned -> true;
      case InDoubt doubt -> false;
      case Sending sending -> false;
      case Halt halt -> false;
      case Ended ended -> false;
    };
  }

  /** What a person should see; null when nothing is waited for. */
  default @Nullable Halt halt() {
    return switch (this) {
      case Planned planned -> planned.before();
      case InDoubt doubt -> doubt.before();
      case Halt halt -> halt;
      case Sending sending -> null;
      case Completing completing -> null;
      case Ended ended -> null;
    };
  }

  /** What it keeps trying, null when it does not have to. */
  default @Nullable Waiting tried() {
    return halt() instanceof Waiting waiting ? waiting : null;
  }
}
