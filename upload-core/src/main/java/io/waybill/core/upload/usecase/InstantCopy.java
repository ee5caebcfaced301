package io.waybill.core.upload.usecase;

import io.waybill.core.Outage;
import io.waybill.core.access.Origin;
import io.waybill.core.dataset.Twin;
import io.waybill.core.dataset.VerifiedChecksums.Verified;
import io.waybill.core.storage.FinishedObjects.CopyOutcome;
import io.waybill.core.storage.FinishedObjects.CopySource;
import io.waybill.core.storage.ObjectStore;
import io.waybill.core.storage.StoredObject;
import io.waybill.core.upload.Session;
import io.waybill.core.upload.Transition;
import io.waybill.core.upload.Upload;
import io.waybill.core.upload.UploadEvent;
import io.waybill.core.upload.UploadStores;
import io.waybill.core.work.Ports;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Walks an instant upload: storage copies the object of a dataset that has the same bytes. Whoever
 * finds the copy there writes it down, so that a worker that died has cost nothing; what cannot be
 * copied becomes an upload like any other. Two workers at one session harm nobody: both make the
 * same bytes under the same key, and one of them is believed.
 */
final class InstantCopy {

  /** How long storage may fail to answer before the file is rather sent. */
  static final Duration PATIENCE = Duration.ofMinutes(10);

  private final Ports<? extends UploadStores> ports;
  private final Chronicle chronicle;
  private final Initiation initiation;

  InstantCopy(Ports<? extends UploadStores> ports, Chronicle chronicle, Initiation initiation) {
    this.ports = ports;
    this.chronicle = chronicle;
    this.initiation = initiation;
  }

  /** What storage has made of it. */
  private sealed interface Outcome {
    record Copied(StoredObject object) implements Outcome {}

    record Refused(String why) implements Outcome {}
  }

  /**
   * Walks to the end.
   *
   * @param claim how long the session is this worker's, from each sign of life
   * @return why the session stays due; empty when it does not
   * @throws Outage.Storage when storage does not answer, for the time being
   */
  Optional<Outage.Storage> walk(Session.Initiating session, Duration claim) {
    Outcome outcome;
    try {
      outcome = ports.heartbeat().during(() -> copy(session.upload()), () -> keep(session, claim));
    } catch (Outage.Storage outage) {
      Instant giveUp = session.upload().createdAt().plus(PATIENCE);
      if (ports.now().isBefore(giveUp)) {
        throw outage;
      }
      outcome = new Outcome.Refused(outage.what());
    }
    return switch (outcome) {
      case Outcome.Copied(StoredObject object) -> {
        confirm(session, object);
        yield Optional.empty();
      }
      case Outcome.Refused(String why) -> // the device is to send the file after all
          initiation.openLater(session, Map.of("copy_refused", why));
    };
  }

  private boolean keep(Session.Initiating session, Duration claim) {
    Upload upload = session.upload();
    Instant until = ports.now().plus(claim);
    return ports.work().read(tx -> tx.claims().keep(upload.sessionId(), upload.version(), until));
  }

  /** What lies under the session's own key can only be its copy: an earlier walk made it. */
  private Outcome copy(Upload upload) {
    Optional<StoredObject> there = find(upload);
    if (there.isPresent()) {
      return new Outcome.Copied(there.get());
    }
    return switch (ports.storage().copy(source(upload), Initiation.wish(upload))) {
      case CopyOutcome.Copied() ->
          find(upload)
              .<Outcome>map(Outcome.Copied::new)
              .orElseGet(() -> new Outcome.Refused("the copy is not there, or of another size"));
      case CopyOutcome.Refused(String storageCode, String message) ->
          new Outcome.Refused("storage said " + storageCode + ": " + message);
    };
  }

  private Optional<StoredObject> find(Upload upload) {
    ObjectStore store = ports.storage();
    return store
        .head(upload.location())
        .filter(object -> object.sizeBytes() == upload.plan().fileSizeBytes());
  }

  private static CopySource source(Upload upload) {
    Twin twin = Objects.requireNonNull(upload.twin());
    return new CopySource(
        twin.location(), twin.versionId(), twin.etag(), upload.plan().fileSizeBytes());
  }

  private void confirm(Session.Initiating session, StoredObject object) {
    Instant now = ports.now();
    Upload upload = session.upload();
    Twin twin = Objects.requireNonNull(upload.twin());
    Transition move =
        chronicle.moved(
            session,
            session.copied(object, now),
            UploadEvent.COMPLETED,
            Origin.WORKER,
            Map.of(
                "object_size_bytes", object.sizeBytes(),
                "copied_from_dataset_id", twin.datasetId().toString()));
    Verified verified = Twins.verified(upload, twin.sha256(), object, now);
    ports
        .work()
        .commit(tx -> {
          if (!tx.sessions().apply(List.of(move)).isEmpty()) {
            tx.verifiedChecksums().keep(verified);
          }
          return verified;
        });
  }
}
