package io.waybill.core.upload.usecase;

import io.waybill.core.ErrorCode;
import io.waybill.core.Refusal;
import io.waybill.core.Verdict;
import io.waybill.core.storage.ObjectStore;
import io.waybill.core.upload.Session;

/**
 * What a strained store is spared: it opens no new uploads, and those that run ask for fewer parts
 * at a time.
 */
final class Backpressure {

  /** Parts of one request for URLs. */
  static final int PARTS = 10;

  private static final long RETRY_AFTER_SECONDS = 15;

  private Backpressure() {}

  /** Whether an upload may be opened there now. */
  static <T> Verdict<T> check(T room, ObjectStore store, String endpointRef) {
    return store.isStrained(endpointRef)
        ? Verdict.refused(
            Refusal.of(
                    ErrorCode.STORAGE_BACKPRESSURE,
                    "storage fails or is slow; nothing new begins until it is well again, and what runs"
                        + " goes on")
                .with("endpoint_ref", endpointRef)
                .retryAfter(RETRY_AFTER_SECONDS))
        : Verdict.ok(room);
  }

  /** How many of so many wanted parts get URLs now. */
  static int parts(int wanted, ObjectStore store, Session session) {
    return wanted > PARTS && store.isStrained(where(session)) ? PARTS : wanted;
  }

  /** The store of a session. */
  static String where(Session session) {
    return session.upload().location().endpointRef();
  }
}
