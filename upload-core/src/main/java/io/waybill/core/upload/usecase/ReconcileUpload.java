package io.waybill.core.upload.usecase;

import io.waybill.core.ErrorCode;
import io.waybill.core.Verdict;
import io.waybill.core.event.EventType;
import io.waybill.core.event.Facts;
import io.waybill.core.event.Origin;
import io.waybill.core.event.Transition;
import io.waybill.core.port.ObjectStore.ListOutcome;
import io.waybill.core.port.Ports;
import io.waybill.core.upload.LastError;
import io.waybill.core.upload.Session;
import io.waybill.core.upload.StoredObject;
import io.waybill.core.upload.StoredPart;
import io.waybill.core.upload.Upload;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes our rows say what storage says: part rows of open sessions, and a lost completion. */
final class ReconcileUpload {

  private final Ports ports;
  private final Chronicle chronicle;

  ReconcileUpload(Ports ports) {
    this.ports = ports;
    this.chronicle = new Chronicle(ports.ids());
  }

  /**
   * Reconciles one session that the caller may view. States in which nothing can differ are left
   * alone.
   *
   * @throws io.waybill.core.port.Outage when storage does not answer
   */
  void reconcile(Session stored, Origin origin) {
    Instant now = ports.now();
    switch (stored.asOf(now)) {
      case Session.Open open -> openSession(open, origin);
      case Session.Failed failed -> repair(failed, origin);
      case Session.Initiating s -> {}
      case Session.Completing s -> {}
      case Session.Completed s -> {}
      case Session.Aborting s -> {}
      case Session.Aborted s -> {}
      case Session.Expired s -> {}
    }
  }

  private void openSession(Session.Open open, Origin origin) {
    Upload upload = open.upload();
    Instant asked = ports.now();
    switch (ports.store().listParts(upload.location(), open.uploadId())) {
      case ListOutcome.Parts(List<StoredPart> parts) -> parts(open, parts, origin, asked);
      case ListOutcome.NoSuchUpload() -> missing(open, origin);
      case ListOutcome.Refused refused -> {}
    }
  }

  private void parts(Session.Open open, List<StoredPart> parts, Origin origin, Instant asked) {
    Instant now = ports.now();
    Facts facts =
        chronicle.noted(
            open, EventType.PARTS_RECONCILED, origin, now, Map.of("part_count", parts.size()));
    ports
        .work()
        .write(tx -> {
          tx.parts().reconcile(open.upload().sessionId(), parts, asked);
          if (open instanceof Session.Initiated initiated && !parts.isEmpty()) {
            Session.Uploading started = initiated.start(now);
            Facts both = chronicle.started(started, origin).and(facts);
            tx.sessions().apply(List.of(new Transition(initiated, started, both)));
          } else {
            tx.events().append(facts);
          }
          return Verdict.ok(open);
        });
  }

  /** Storage has dropped an upload that we hold open: nothing can be sent to it any more. */
  private void missing(Session.Open open, Origin origin) {
    LastError error =
        new LastError(
            ErrorCode.STORAGE_UPLOAD_MISSING.code(),
            "storage no longer knows the upload; retry the object",
            ports.now());
    Map<String, Object> details = Map.of("error_code", error.code());
    write(chronicle.moved(open, open.fail(error), EventType.FAILED, origin, details));
  }

  private void repair(Session.Failed failed, Origin origin) {
    if (!failed.error().code().equals(ErrorCode.STORAGE_UPLOAD_MISSING.code())) {
      return;
    }
    Upload upload = failed.upload();
    Optional<StoredObject> object =
        ports
            .store()
            .head(upload.location())
            .filter(found -> found.sizeBytes() == upload.plan().fileSizeBytes());
    if (object.isPresent()) {
      Session.Completed completed = failed.repair(object.get(), ports.now());
      Map<String, Object> details = Map.of("repaired", true);
      write(chronicle.moved(failed, completed, EventType.COMPLETED, origin, details));
    }
  }

  private void write(Transition move) {
    ports.work().write(tx -> Verdict.ok(tx.sessions().apply(List.of(move))));
  }
}
