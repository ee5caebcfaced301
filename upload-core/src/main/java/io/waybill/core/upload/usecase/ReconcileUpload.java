package io.waybill.core.upload.usecase;

import io.waybill.core.Verdict;
import io.waybill.core.access.Origin;
import io.waybill.core.event.Facts;
import io.waybill.core.storage.ObjectStore.ListOutcome;
import io.waybill.core.storage.StoredObject;
import io.waybill.core.storage.StoredPart;
import io.waybill.core.upload.LastError;
import io.waybill.core.upload.Session;
import io.waybill.core.upload.Transition;
import io.waybill.core.upload.Upload;
import io.waybill.core.upload.UploadEvent;
import io.waybill.core.upload.UploadPart;
import io.waybill.core.upload.UploadStores;
import io.waybill.core.work.Ports;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes our rows say what storage says: part rows of open sessions, and a lost completion. */
final class ReconcileUpload {

  private final Ports<? extends UploadStores> ports;
  private final Chronicle chronicle;

  ReconcileUpload(Ports<? extends UploadStores> ports) {
    this.ports = ports;
    this.chronicle = new Chronicle(ports.ids());
  }

  /** What a reconcile has done. */
  enum Reconciled {
    /** Nothing can differ in this state, or somebody else has moved it on meanwhile. */
    UNTOUCHED,
    /** The part rows say what storage says. */
    AGREED,
    /**
     * Storage does not know an upload that is open still. Once, that may be its mistake: a worker
     * looks again when the time has come; whoever may move the session can ask then, too.
     */
    DOUBTED,
    /** Storage has denied the upload long enough: it is over. */
    FAILED,
    /** The object is there: an unheard completion, told now. */
    COMPLETED
  }

  /**
   * Reconciles one session that the caller may view.
   *
   * @param mayMove whether the state may change, too; if not, part rows are written at most, and
   *     what else there is to do is left to a worker
   * @throws io.waybill.core.Outage when storage does not answer, or refuses us
   */
  Reconciled reconcile(Session stored, Origin origin, boolean mayMove) {
    return switch (stored.asOf(ports.now())) {
      case Session.Open open -> openSession(open, origin, mayMove);
      case Session.Failed failed -> failedSession(failed, origin, mayMove);
      case Session.Initiating s -> Reconciled.UNTOUCHED;
      case Session.Completing s -> Reconciled.UNTOUCHED;
      case Session.Completed s -> Reconciled.UNTOUCHED;
      case Session.Aborting s -> Reconciled.UNTOUCHED;
      case Session.Aborted s -> Reconciled.UNTOUCHED;
      case Session.Expired s -> Reconciled.UNTOUCHED;
    };
  }

  private Reconciled openSession(Session.Open open, Origin origin, boolean mayMove) {
    Instant asked = ports.now();
    return switch (ports.storage().listParts(open.upload().location(), open.uploadId())) {
      case ListOutcome.Parts(List<StoredPart> parts) -> {
        agree(open, parts, mayMove ? started(open, parts) : open, origin, asked);
        yield Reconciled.AGREED;
      }
      case ListOutcome.NoSuchUpload() -> denied(open, origin, mayMove);
    };
  }

  private Session.Open started(Session.Open open, List<StoredPart> parts) {
    return open instanceof Session.Initiated initiated && !parts.isEmpty()
        ? initiated.start(ports.now())
        : open;
  }

  private void agree(
      Session.Open open, List<StoredPart> parts, Session.Open after, Origin origin, Instant asked) {
    Instant now = ports.now();
    Session.Open seen =
        after.upload().missingSince() == null ? after : after.with(after.upload().found(now));
    Map<String, Object> details = Map.of("part_count", parts.size());
    Facts compared =
        seen.equals(after)
            ? chronicle.noted(open, UploadEvent.PARTS_RECONCILED, origin, now, details)
            : chronicle.shown(seen, UploadEvent.PARTS_RECONCILED, origin, details);
    Facts facts =
        after instanceof Session.Uploading started && !after.equals(open)
            ? chronicle.started(started, origin).and(compared)
            : compared;
    ports
        .work()
        .write(tx -> {
          Map<Integer, String> bound = PartSums.bound(tx.parts(), open.upload());
          tx.parts()
              .reconcile(open.upload().sessionId(), listed(open.upload(), parts, bound), asked);
          if (seen.equals(open)) {
            tx.events().append(facts);
          } else {
            tx.sessions().apply(List.of(new Transition(open, seen, facts)));
          }
          return Verdict.ok(open);
        });
  }

  /**
   * What storage listed, measured by the plan and, where storage checks sums, by having the right
   * one.
   */
  static List<UploadPart> listed(
      Upload upload, List<StoredPart> parts, Map<Integer, String> bound) {
    Set<Integer> wrong = Set.copyOf(PartSums.wrong(upload, parts, bound));
    return parts.stream()
        .map(part -> {
          UploadPart listed = UploadPart.listed(upload.plan(), part);
          return wrong.contains(part.partNumber()) ? listed.failed() : listed;
        })
        .toList();
  }

  /** Storage does not know an upload that we hold open. The object decides; then the time. */
  private Reconciled denied(Session.Open open, Origin origin, boolean mayMove) {
    Upload upload = open.upload();
    Optional<StoredObject> object = whole(upload);
    Instant now = ports.now();
    if (mayMove && object.isPresent()) {
      return found(open, open.foundComplete(object.get(), now), origin);
    }
    if (mayMove && upload.isMissingFor(now)) {
      return fail(open, origin, now);
    }
    return upload.missingSince() != null
            || noted(open, open.with(upload.missing(now)), origin, Map.of("upload_missing", true))
        ? Reconciled.DOUBTED
        : Reconciled.UNTOUCHED; // who has moved it meanwhile knows why storage has it no more
  }

  private Reconciled fail(Session.Open open, Origin origin, Instant now) {
    LastError error =
        new LastError(
            LastError.Code.STORAGE_UPLOAD_MISSING,
            "storage no longer knows the upload; retry the object",
            now);
    Map<String, Object> details = Map.of("error_code", error.code().toString());
    return write(chronicle.moved(open, open.fail(error), UploadEvent.FAILED, origin, details))
        ? Reconciled.FAILED
        : Reconciled.UNTOUCHED;
  }

  private Reconciled failedSession(Session.Failed failed, Origin origin, boolean mayMove) {
    Optional<StoredObject> object =
        failed.error().isUploadMissing() ? whole(failed.upload()) : Optional.empty();
    Instant now = ports.now();
    if (object.isEmpty()) {
      return Reconciled.UNTOUCHED;
    }
    if (mayMove) {
      return found(failed, failed.repair(object.get(), now), origin);
    }
    return failed.abortAt() != null
            || noted(failed, failed.lookAgain(now), origin, Map.of("object_found", true))
        ? Reconciled.DOUBTED
        : Reconciled.UNTOUCHED;
  }

  private Reconciled found(Session before, Session.Completed after, Origin origin) {
    Map<String, Object> details = Map.of("repaired", true);
    return write(chronicle.moved(before, after, UploadEvent.COMPLETED, origin, details))
        ? Reconciled.COMPLETED
        : Reconciled.UNTOUCHED;
  }

  private Optional<StoredObject> whole(Upload upload) {
    return ports
        .storage()
        .head(upload.location())
        .filter(found -> found.sizeBytes() == upload.plan().fileSizeBytes());
  }

  /** The state stays; a worker's date with it comes nearer. False when it has moved meanwhile. */
  private boolean noted(Session before, Session after, Origin origin, Map<String, Object> details) {
    Facts facts = chronicle.shown(after, UploadEvent.PARTS_RECONCILED, origin, details);
    return write(new Transition(before, after, facts));
  }

  private boolean write(Transition move) {
    return !ports.work().commit(tx -> tx.sessions().apply(List.of(move))).isEmpty();
  }
}
