package io.waybill.core.upload;

import io.waybill.core.event.Facts;
import org.jspecify.annotations.Nullable;

/**
 * One move of one session with what it leaves behind. Writing it also moves the object, the task
 * and the dataset: their states are functions of the session's.
 *
 * @param before the session as it was read; its version guards the write
 * @param after the session as it shall be
 * @param ready what is told as well if the dataset becomes READY by it; null where it cannot
 */
public record Transition(Session before, Session after, Facts facts, @Nullable ReadyNews ready) {

  public Transition {
    boolean isNewer = after.upload().version() > before.upload().version();
    if (!isNewer && !after.equals(before) && !comesToRest(before, after, facts)) {
      throw new IllegalArgumentException("a move raises the version");
    }
  }

  /** A move that leaves its dataset as it is, or does not end its upload. */
  public Transition(Session before, Session after, Facts facts) {
    this(before, after, facts, null);
  }

  /** Only that nothing is left to do is new: nobody is told, and it is no version of its own. */
  private static boolean comesToRest(Session before, Session after, Facts facts) {
    return facts.equals(Facts.NONE)
        && after.status() == before.status()
        && after.upload().equals(before.upload())
        && after.dueAt().isEmpty();
  }

  /** The same, and nobody hears that its dataset is READY. */
  public Transition untold() {
    return new Transition(before, after, facts, null);
  }

  /** What is told of a session that stays as it is, if it still is when that is written. */
  public static Transition standing(Session session, Facts facts) {
    return new Transition(session, session, facts);
  }

  public ObjectStatus objectBefore() {
    return ObjectStatus.of(before);
  }

  public ObjectStatus objectAfter() {
    return ObjectStatus.of(after);
  }
}
