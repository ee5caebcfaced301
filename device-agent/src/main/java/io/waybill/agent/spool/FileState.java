package io.waybill.agent.spool;

/** How far one file of an upload has come. */
public enum FileState {
  /** Written down; the server has not answered yet. */
  PLANNED,
  /** The server has a session for it. */
  OPEN,
  /** The object is complete in the store. */
  DONE,
  /** The local file is no longer the one that was planned. */
  CHANGED,
  /** The server or the store refused it for good; the reason says why. */
  REFUSED,
  /** Somebody ended it on purpose. */
  ABORTED;

  public boolean finished() {
    return switch (this) {
      case PLANNED, OPEN -> false;
      case DONE, CHANGED, REFUSED, ABORTED -> true;
    };
  }
}
