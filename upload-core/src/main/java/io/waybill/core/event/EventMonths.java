package io.waybill.core.event;

/**
 * The months that events and audit rows are kept in. An adapter that keeps them in one piece has
 * none, and answers 0. Waits for nobody longer than a second: who is in the way is an {@link
 * io.waybill.core.Outage}, and it is tried again.
 */
public interface EventMonths {

  /** Makes this month and the next three, where they are not there; returns how many it made. */
  int makeAhead();

  /**
   * Drops the oldest month of events that has been over for as long as its owner keeps them, if
   * there is one; returns how many it dropped. Audit rows stay.
   */
  int dropOldest();

  /**
   * The same for audit rows, which are kept at least as long as any dataset; a month with rows that
   * no seal covers yet stays.
   */
  int dropOldestAudit();

  /**
   * Deletes some seals that cover nothing but dropped rows, and leaves the last such of each
   * tenant, with which its chain begins; returns how many.
   */
  int dropSeals();
}
