package io.waybill.agent.upload;

/** What has gone wrong with one part so far, and when it may be tried again. */
final class PartTrouble {

  private static final int FORBIDDEN_IS_NOT_THE_URL = 3;

  private int failures;
  private int forbidden;
  private int misread;
  private long notBefore;

  int failed() {
    return ++failures;
  }

  /** Whether enough fresh URLs were refused to look for the cause elsewhere. */
  boolean forbiddenAgain() {
    if (++forbidden < FORBIDDEN_IS_NOT_THE_URL) {
      return false;
    }
    forbidden = 0;
    return true;
  }

  /** Whether reading the part once more may help. */
  boolean mayReadAgain() {
    return misread++ == 0;
  }

  void waitUntil(long nanoTime) {
    notBefore = nanoTime;
  }

  long notBefore() {
    return notBefore;
  }
}
