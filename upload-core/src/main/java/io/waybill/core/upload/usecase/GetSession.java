package io.waybill.core.upload.usecase;

import io.waybill.core.Verdict;
import io.waybill.core.access.Caller;
import io.waybill.core.access.Permission;
import io.waybill.core.upload.Limits;
import io.waybill.core.upload.Session;
import io.waybill.core.upload.SessionAnswer;
import io.waybill.core.upload.SessionStore.Observed;
import io.waybill.core.upload.UploadStores;
import io.waybill.core.work.Ports;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Reads one session: one statement, or storage first when the caller wants the truth. */
public final class GetSession {

  private final Ports<? extends UploadStores> ports;
  private final Limits limits;
  private final ReconcileUpload reconcile;

  public GetSession(Ports<? extends UploadStores> ports, Limits limits) {
    this.ports = ports;
    this.limits = limits;
    this.reconcile = new ReconcileUpload(ports);
  }

  public Verdict<SessionAnswer> handle(Caller caller, UUID sessionId, boolean fromStorage) {
    Verdict<Observed> known = find(caller, sessionId);
    Verdict<Observed> found = fromStorage ? known.then(seen -> asStored(caller, seen)) : known;
    Instant now = ports.now();
    return found.map(seen -> answer(seen, now));
  }

  private SessionAnswer answer(Observed seen, Instant now) {
    Diagnoses diagnoses = new Diagnoses(ports, limits, now);
    return SessionAnswer.of(seen.progress(), diagnoses.of(seen.progress(), seen.signs()), now);
  }

  /** As it stands after storage was asked; an upload that storage denied once is still itself. */
  private Verdict<Observed> asStored(Caller caller, Observed known) {
    Session session = known.progress().session();
    boolean mayMove = SessionGate.mayMove(caller, session, ports.now());
    return Refusals.asking(
            session, () -> Verdict.ok(reconcile.reconcile(session, caller.origin(), mayMove)))
        .then(done -> find(caller, session.upload().sessionId()));
  }

  /** A session and what is seen of it, for who may view it. */
  private Verdict<Observed> find(Caller caller, UUID sessionId) {
    Optional<Observed> seen =
        ports.work().read(tx -> tx.sessions().progress(caller.identity().tenantId(), sessionId));
    Optional<Session> session = seen.map(found -> found.progress().session());
    return SessionGate.pass(caller, session, Permission.DATASET_VIEW, ports.now())
        .map(ok -> seen.orElseThrow());
  }
}
