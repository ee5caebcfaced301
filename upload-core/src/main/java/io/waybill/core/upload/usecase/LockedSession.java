package io.waybill.core.upload.usecase;

import io.waybill.core.access.Origin;
import io.waybill.core.upload.Session;
import io.waybill.core.upload.UploadEvent;
import io.waybill.core.upload.UploadStores;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A session under its lock, in the transaction of a command that may move it.
 *
 * @param stored as it was read: its version guards the write
 * @param now when the command came
 */
record LockedSession(
    UploadStores tx, Session stored, Chronicle chronicle, Origin origin, Instant now) {

  /** As the command must treat it: expired once its life is over. */
  Session asOfNow() {
    return stored.asOf(now);
  }

  /** Moves it, and writes down who did. */
  void move(Session after, UploadEvent type, Map<String, Object> details) {
    tx.sessions().apply(List.of(chronicle.moved(stored, after, type, origin, details)));
  }
}
