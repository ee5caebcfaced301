package io.waybill.agent.upload;

import io.waybill.agent.spool.Waiting;
import org.jspecify.annotations.Nullable;

/** Whether the parts of one file may go, and why not. */
sealed interface Phase {

  /**
   * The server is being asked what is true, or has not answered yet.
   *
   * @param before what it waited for until then, and may have to again
   */
  record Asking(@Nullable Waits before) implements Phase {}

  record Moving() implements Phase {}

  /** Somebody paused it; the next look at the server tells when that is over. */
  record Paused(Waiting why) implements Phase {}

  /**
   * Something cannot be just now. Only time ends this, with another try.
   *
   * @param since when it began, by {@code System.nanoTime()}
   * @param tries how often it was found so in a row
   */
  record Waits(Cause cause, Waiting why, long since, int tries) implements Phase {}

  /** The file has ended. */
  record Over() implements Phase {}

  /** Who could change it. */
  enum Cause {
    /** The file on this machine cannot be read. */
    FILE,
    /** The server does not let us, or does not know. */
    SERVER,
    /** The store refused fresh URLs. */
    STORE
  }

  /** What a person should see; null when nothing is waited for. */
  default @Nullable Waiting shown() {
    return switch (this) {
      case Asking(Waits before) -> before == null ? null : before.why();
      case Moving moving -> null;
      case Over over -> null;
      case Paused(Waiting why) -> why;
      case Waits waits -> waits.why();
    };
  }

  /** The row of tries that this belongs to; null when it belongs to none. */
  default @Nullable Waits row() {
    return switch (this) {
      case Asking(Waits before) -> before;
      case Moving moving -> null;
      case Over over -> null;
      case Paused paused -> null;
      case Waits waits -> waits;
    };
  }
}
