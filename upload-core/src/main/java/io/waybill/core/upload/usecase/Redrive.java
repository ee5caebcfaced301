package io.waybill.core.upload.usecase;

import io.waybill.core.event.EventType;
import io.waybill.core.event.Origin;
import io.waybill.core.event.Transition;
import io.waybill.core.port.ObjectStore.AbortOutcome;
import io.waybill.core.port.Outage;
import io.waybill.core.port.Ports;
import io.waybill.core.upload.Session;
import io.waybill.core.upload.Upload;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Takes up what others left behind: intents of the dead, expired sessions, aborts to repeat. Safe
 * in every replica at once: a claim is a committed lease, and every outcome is a compare-and-set.
 */
public final class Redrive {

  /** How long a claimed session is left to its worker. */
  private static final Duration CLAIM = Duration.ofSeconds(60);

  private final Ports ports;
  private final Chronicle chronicle;
  private final Initiation initiation;
  private final Completion completion;
  private final StorageAbort storageAbort;

  public Redrive(Ports ports) {
    this.ports = ports;
    this.chronicle = new Chronicle(ports.ids());
    this.initiation = new Initiation(ports, chronicle);
    this.completion = new Completion(ports, chronicle);
    this.storageAbort = new StorageAbort(ports, chronicle);
  }

  /**
   * What one round did.
   *
   * @param claimed sessions that were due
   * @param unreachable of them, those that storage gave no answer for; they come up again
   */
  public record Round(int claimed, int unreachable) {}

  /** Walks the sessions that are due, at most {@code limit}. Outages of the database throw. */
  public Round handle(int limit) {
    Instant now = ports.now();
    List<Session> due =
        ports.work().read(tx -> tx.sessions().claimDue(now, now.plus(CLAIM), limit));
    int unreachable = 0;
    for (Session session : due) {
      try {
        walk(session);
      } catch (Outage outage) {
        unreachable++;
      }
    }
    return new Round(due.size(), unreachable);
  }

  private void walk(Session stored) {
    Instant now = ports.now();
    switch (stored) {
      case Session.Initiating initiating -> initiate(initiating);
      case Session.Open open -> expire(open, now);
      case Session.Completing completing -> complete(completing, now);
      case Session.Expired expired -> cleanUp(expired, now);
      case Session.Aborting aborting -> storageAbort.finish(aborting, Origin.WORKER, (tx, a) -> {});
      case Session.Aborted aborted -> sweep(aborted, now);
      case Session.Failed failed -> sweep(failed, now);
      case Session.Completed done -> {}
    }
  }

  private void initiate(Session.Initiating session) {
    Initiation.Asked asked = initiation.ask(List.of(session), Origin.WORKER);
    if (asked.outage().isPresent()) {
      throw asked.outage().get();
    }
    initiation.abortLosers(
        asked.moves(), ports.work().commit(tx -> tx.sessions().apply(asked.moves())));
  }

  private void expire(Session.Open open, Instant now) {
    if (!now.isBefore(open.upload().expiresAt())) {
      write(chronicle.moved(open, open.expire(now), EventType.EXPIRED, Origin.WORKER, Map.of()));
    }
  }

  private void complete(Session.Completing left, Instant now) {
    if (left.lease().isLive(now)) {
      return;
    }
    Session.Completing mine = left.takeOver(now.plus(Completion.LEASE), now);
    Map<String, Object> details = Map.of("attempt", mine.lease().attempt());
    if (write(chronicle.moved(left, mine, EventType.COMPLETING, Origin.WORKER, details))) {
      completion.finish(mine, Origin.WORKER, (tx, done) -> {});
    }
  }

  private void cleanUp(Session.Expired expired, Instant now) {
    if (now.isBefore(expired.upload().expiresAt().plus(Session.EXPIRY_GRACE))) {
      return;
    }
    Session.Aborting aborting = expired.abort("expired", now).until(now.plus(CLAIM));
    if (write(
        chronicle.moved(
            expired, aborting, EventType.ABORTING, Origin.WORKER, Map.of("reason", "expired")))) {
      storageAbort.finish(aborting, Origin.WORKER, (tx, a) -> {});
    }
  }

  /** A PUT in flight may have landed after the abort: abort once more, now that no URL lives. */
  private void sweep(Session.Aborted aborted, Instant now) {
    String uploadId = aborted.uploadId();
    if (uploadId != null) {
      ports.store().abort(aborted.upload().location(), uploadId);
    }
    write(swept(aborted, aborted.swept(now)));
  }

  /** A failed upload's parts are dropped again and again until storage has forgotten it. */
  private void sweep(Session.Failed failed, Instant now) {
    Upload upload = failed.upload();
    String uploadId = failed.uploadId();
    boolean forgotten =
        uploadId == null
            || ports.store().abort(upload.location(), uploadId) == AbortOutcome.NO_SUCH_UPLOAD;
    if (forgotten) {
      write(swept(failed, failed.swept(now)));
    }
  }

  private Transition swept(Session before, Session after) {
    return new Transition(
        before,
        after,
        chronicle.noted(after, EventType.SWEPT, Origin.WORKER, ports.now(), Map.of()));
  }

  private boolean write(Transition move) {
    return !ports.work().commit(tx -> tx.sessions().apply(List.of(move))).isEmpty();
  }
}
