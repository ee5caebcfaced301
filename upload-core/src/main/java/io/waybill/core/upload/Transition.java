package io.waybill.core.upload;

import io.waybill.core.event.Facts;

/**
 * One move of one session with what it leaves behind. Writing it also moves the object, the task
 * and the dataset: their states are functions of the session's.
 *
 * @param before the session as it was read; its version guards the write
 * @param after the session as it shall be
 */
public record Transition(Session before, Session after, Facts facts) {

  public Transition {
    boolean isTold = after.status() != before.status() || !facts.equals(Facts.NONE);
    if (isTold && after.upload().version() <= before.upload().version() && !after.equals(before)) {
      throw new IllegalArgumentException("a move that is told of raises the version");
    }
  }

  /** What is told of a session that stays as it is, if it still is when that is written. */
  public static Transition standing(Session session, Facts facts) {
    return new Transition(session, session, facts);
  }

  public ObjectStatus objectBefore() {
    return ObjectStatus.of(before.status());
  }

  public ObjectStatus objectAfter() {
    return ObjectStatus.of(after.status());
  }
}
