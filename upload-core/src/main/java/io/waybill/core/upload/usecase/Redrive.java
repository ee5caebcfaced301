package io.waybill.core.upload.usecase;

import io.waybill.core.ErrorCode;
import io.waybill.core.Outage;
import io.waybill.core.Refusal;
import io.waybill.core.Verdict;
import io.waybill.core.access.Origin;
import io.waybill.core.event.Facts;
import io.waybill.core.storage.ObjectLocation;
import io.waybill.core.storage.ObjectStore;
import io.waybill.core.storage.ObjectStore.AbortOutcome;
import io.waybill.core.upload.InstantUpload;
import io.waybill.core.upload.Session;
import io.waybill.core.upload.Transition;
import io.waybill.core.upload.Upload;
import io.waybill.core.upload.UploadEvent;
import io.waybill.core.upload.UploadStores;
import io.waybill.core.upload.usecase.ReconcileUpload.Reconciled;
import io.waybill.core.work.Ports;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Takes up what others left behind: intents of the dead, expired sessions, aborts to repeat. Safe
 * in every replica at once: a claim is a committed lease, and every outcome is a compare-and-set.
 */
public final class Redrive {

  /** How long a claimed session is left to its worker. */
  private static final Duration CLAIM = Duration.ofSeconds(60);

  private static final Walked DONE = new Walked.Done();

  private final Ports<? extends UploadStores> ports;
  private final Chronicle chronicle;
  private final Initiation initiation;
  private final InstantCopy instantCopy;
  private final Completion completion;
  private final StorageAbort storageAbort;
  private final ReconcileUpload reconcile;

  public Redrive(Ports<? extends UploadStores> ports) {
    this.ports = ports;
    this.chronicle = new Chronicle(ports.ids());
    this.initiation = new Initiation(ports, chronicle);
    this.instantCopy = new InstantCopy(ports, chronicle, initiation);
    this.completion = new Completion(ports, chronicle);
    this.storageAbort = new StorageAbort(ports, chronicle);
    this.reconcile = new ReconcileUpload(ports);
  }

  /**
   * What one round did.
   *
   * @param claimed sessions that were due
   * @param unreachable of them, those that storage gave no answer for; they come up again
   */
  public record Round(int claimed, int unreachable) {}

  /** What became of one session. */
  public sealed interface Walked {
    /** It was taken as far as it goes for now. */
    record Done() implements Walked {}

    /** Storage did not answer, or refuses us: the session stays due. */
    record StaysDue(Refusal why) implements Walked {
      private StaysDue(Outage.Storage outage) {
        this(Refusal.of(outage.code(), outage.what()));
      }
    }
  }

  /**
   * Sessions that are due, at most {@code limit}, oldest first, each left to this caller for a
   * minute. So claim only as many as can be walked at once: all that a walk asks of storage is over
   * within that time, and a completion, which may take longer, holds a lease of its own.
   */
  public List<Session> claim(int limit) {
    Instant now = ports.now();
    return ports.work().read(tx -> tx.claims().due(now, now.plus(CLAIM), limit));
  }

  /** Walks one claimed session to where it goes. An outage of the database throws. */
  public Walked walk(Session session) {
    try {
      return walked(session);
    } catch (Outage.Storage outage) {
      return new Walked.StaysDue(outage);
    }
  }

  /**
   * Claims and walks, one after the other. Outages of the database throw; so does a defect that one
   * session brings to light, but only when the others have been walked: it comes up again before
   * them, every time.
   */
  public Round handle(int limit) {
    List<Session> due = claim(limit);
    int unreachable = 0;
    RuntimeException defect = null;
    for (Session session : due) {
      try {
        unreachable += walk(session) instanceof Walked.StaysDue ? 1 : 0;
      } catch (Outage outage) {
        throw outage;
      } catch (RuntimeException e) {
        defect = e;
      }
    }
    if (defect != null) {
      throw defect;
    }
    return new Round(due.size(), unreachable);
  }

  private Walked walked(Session stored) {
    Instant now = ports.now();
    return switch (stored) {
      case Session.Initiating initiating -> initiate(initiating, now);
      case Session.Open open -> look(open, now);
      case Session.Completing completing -> complete(completing, now);
      case Session.Expired expired -> cleanUp(expired, now);
      case Session.Aborting aborting -> abort(aborting);
      case Session.Aborted aborted -> sweep(aborted);
      case Session.Failed failed -> sweep(failed);
      case Session.Completed done -> DONE;
    };
  }

  /** Storage is asked for the upload as long as the session lives. */
  private Walked initiate(Session.Initiating session, Instant now) {
    if (!now.isBefore(session.upload().expiresAt())) {
      Session.Aborting aborting = session.abort("expired", now).until(now.plus(CLAIM));
      return write(aborting(session, aborting)) ? abort(aborting) : DONE;
    }
    Optional<Outage.Storage> outage =
        InstantUpload.is(session)
            ? instantCopy.walk(session, CLAIM)
            : initiation.openLater(session, Map.of());
    return outage.<Walked>map(Walked.StaysDue::new).orElse(DONE);
  }

  /** Its life is over, or storage did not know its upload a minute ago. */
  private Walked look(Session.Open open, Instant now) {
    if (!now.isBefore(open.upload().expiresAt())) {
      write(chronicle.moved(open, open.expire(now), UploadEvent.EXPIRED, Origin.WORKER, Map.of()));
    } else {
      reconcile.reconcile(open, Origin.WORKER, true);
    }
    return DONE;
  }

  private Walked complete(Session.Completing left, Instant now) {
    Session.Completing mine = left.takeOver(now.plus(Completion.LEASE), now);
    Map<String, Object> details = Map.of("attempt", mine.lease().attempt());
    boolean taken =
        !left.lease().isLive(now)
            && write(
                chronicle.moved(
                    left, mine, UploadEvent.COMPLETE_REQUESTED, Origin.WORKER, details));
    return taken ? asFarAs(completion.finish(mine, Origin.WORKER, done -> tx -> done)) : DONE;
  }

  private Walked cleanUp(Session.Expired expired, Instant now) {
    Session.Aborting aborting = expired.abort("expired", now).until(now.plus(CLAIM));
    boolean mine =
        !now.isBefore(expired.upload().expiresAt().plus(Upload.EXPIRY_GRACE))
            && write(aborting(expired, aborting));
    return mine ? abort(aborting) : DONE;
  }

  private Transition aborting(Session before, Session.Aborting after) {
    Map<String, Object> details = Map.of("reason", after.reason());
    return chronicle.moved(before, after, UploadEvent.ABORT_REQUESTED, Origin.WORKER, details);
  }

  private Walked abort(Session.Aborting aborting) {
    return asFarAs(storageAbort.finish(aborting, Origin.WORKER, (tx, aborted) -> {}));
  }

  /**
   * A refusal, too, is as far as it goes for now, unless it is storage that did not do its part.
   */
  private static Walked asFarAs(Verdict<?> ended) {
    return ended instanceof Verdict.Refused<?>(Refusal refusal)
            && (refusal.code() == ErrorCode.STORAGE_UNAVAILABLE
                || refusal.code() == ErrorCode.STORAGE_REFUSED)
        ? new Walked.StaysDue(refusal)
        : DONE;
  }

  /**
   * A PUT in flight may have landed after the abort: abort once more, now that no URL lives. So may
   * a copy, which is nobody's then.
   */
  private Walked sweep(Session.Aborted aborted) {
    String uploadId = aborted.uploadId();
    if (uploadId != null) {
      ports.storage().abort(aborted.upload().location(), uploadId);
    } else if (InstantUpload.is(aborted)) {
      dropLateCopy(aborted.upload().location());
    }
    write(swept(aborted, aborted.swept()));
    return DONE;
  }

  private void dropLateCopy(ObjectLocation location) {
    ObjectStore store = ports.storage();
    store.head(location).ifPresent(copy -> store.delete(location, copy.versionId()));
  }

  /**
   * A failed upload's parts are dropped again and again until storage has forgotten it. One that
   * failed because storage had is looked at when somebody has seen its object.
   */
  private Walked sweep(Session.Failed failed) {
    if (failed.error().isUploadMissing()
        && reconcile.reconcile(failed, Origin.WORKER, true) == Reconciled.COMPLETED) {
      return DONE;
    }
    Upload upload = failed.upload();
    String uploadId = failed.uploadId();
    boolean forgotten =
        uploadId == null
            || ports.storage().abort(upload.location(), uploadId) == AbortOutcome.NO_SUCH_UPLOAD;
    if (forgotten) {
      write(swept(failed, failed.swept()));
    }
    return DONE;
  }

  private static Transition swept(Session before, Session after) {
    return new Transition(before, after, Facts.NONE);
  }

  private boolean write(Transition move) {
    return !ports.work().commit(tx -> tx.sessions().apply(List.of(move))).isEmpty();
  }
}
