package io.waybill.core.upload.usecase;

import io.waybill.core.Outage;
import io.waybill.core.Verdict;
import io.waybill.core.access.Origin;
import io.waybill.core.storage.ObjectStore;
import io.waybill.core.storage.ObjectStore.AbortOutcome;
import io.waybill.core.storage.StoredObject;
import io.waybill.core.upload.InstantUpload;
import io.waybill.core.upload.Session;
import io.waybill.core.upload.Upload;
import io.waybill.core.upload.UploadEvent;
import io.waybill.core.upload.UploadStores;
import io.waybill.core.work.Ports;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Finishes an ABORTING session: storage drops the parts, then we say so. A final object is never
 * deleted; should there be one, the upload was complete and is written so.
 */
final class StorageAbort {

  /** A copy that was under way may end after the abort, and is looked for once more. */
  private static final Duration LATE_COPY = Duration.ofHours(24);

  private final Ports<? extends UploadStores> ports;
  private final Chronicle chronicle;

  StorageAbort(Ports<? extends UploadStores> ports, Chronicle chronicle) {
    this.ports = ports;
    this.chronicle = chronicle;
  }

  /**
   * Walks to the end.
   *
   * @param also what else to write in the transaction that ends it: the remembered answer
   * @throws Outage when storage does not answer: the session stays ABORTING for a worker
   */
  Verdict<Session> finish(
      Session.Aborting mine, Origin origin, BiConsumer<UploadStores, Session.Aborted> also) {
    Optional<StoredObject> object = dropParts(mine);
    Instant now = ports.now();
    if (object.isPresent()) {
      Session.Completed completed = mine.foundComplete(object.get(), now);
      return write(mine, completed, UploadEvent.COMPLETED, origin, tx -> {});
    }
    Optional<Instant> lastUrl =
        ports.work().read(tx -> tx.timelines().lastUrlEnd(mine.upload().sessionId()));
    Instant again = InstantUpload.is(mine) ? now.plus(LATE_COPY) : lastUrl.orElse(now);
    Session.Aborted aborted = mine.confirm(again.isAfter(now) ? again : null, now);
    return write(mine, aborted, UploadEvent.ABORTED, origin, tx -> also.accept(tx, aborted));
  }

  /** Aborts in storage; an object is returned only when there is a final one of the exact size. */
  private Optional<StoredObject> dropParts(Session.Aborting mine) {
    Upload upload = mine.upload();
    String uploadId = mine.uploadId();
    ObjectStore store = ports.storage();
    boolean hasNoObject =
        uploadId == null
            ? !InstantUpload.is(mine)
            : store.abort(upload.location(), uploadId) == AbortOutcome.ABORTED;
    if (hasNoObject) {
      return Optional.empty();
    }
    return store
        .head(upload.location())
        .filter(object -> object.sizeBytes() == upload.plan().fileSizeBytes());
  }

  private Verdict<Session> write(
      Session.Aborting mine,
      Session after,
      UploadEvent type,
      Origin origin,
      java.util.function.Consumer<UploadStores> also) {
    return ports
        .work()
        .write(tx -> {
          boolean lost =
              tx.sessions()
                  .apply(List.of(chronicle.moved(mine, after, type, origin, Map.of())))
                  .isEmpty();
          if (lost) {
            return Refusals.aborting(mine, ports.now().plusSeconds(1), ports.now());
          }
          also.accept(tx);
          return Verdict.ok(after);
        });
  }
}
