package io.waybill.core.upload.usecase;

import io.waybill.core.Verdict;
import io.waybill.core.access.Caller;
import io.waybill.core.access.Permission;
import io.waybill.core.idempotency.IntentCommand;
import io.waybill.core.idempotency.IntentCommand.Begun;
import io.waybill.core.idempotency.Once;
import io.waybill.core.upload.UploadStores;
import io.waybill.core.work.Ports;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Function;

/**
 * The head of every command that moves one session: lock it, let the caller through, once however
 * often the call is repeated.
 */
final class Lifecycle {

  private final Ports<? extends UploadStores> ports;
  private final Chronicle chronicle;

  Lifecycle(Ports<? extends UploadStores> ports, Chronicle chronicle) {
    this.ports = ports;
    this.chronicle = chronicle;
  }

  /** The whole life of a command whose effect is one transaction. */
  <A> Verdict<A> command(
      Caller caller,
      Once<UploadStores, A> once,
      Permission need,
      UUID sessionId,
      Function<LockedSession, Verdict<A>> move) {
    Instant now = ports.now();
    return ports
        .work()
        .write(tx ->
            pass(tx, caller, need, sessionId, now)
                .then(session -> once.within(tx, now, () -> move.apply(session))));
  }

  /** The first transaction of a command whose effect is in storage. */
  <W, A> Verdict<Begun<W, A>> begin(
      Caller caller,
      Once<UploadStores, A> once,
      Permission need,
      UUID sessionId,
      Function<LockedSession, Verdict<Begun<W, A>>> intend) {
    Instant now = ports.now();
    return ports
        .work()
        .write(tx ->
            pass(tx, caller, need, sessionId, now)
                .then(session ->
                    once.claim(
                        tx, null, now, IntentCommand::finished, created -> intend.apply(session))));
  }

  private Verdict<LockedSession> pass(
      UploadStores tx, Caller caller, Permission need, UUID sessionId, Instant now) {
    return SessionGate.pass(
            caller, tx.sessions().lock(caller.identity().tenantId(), sessionId), need, now)
        .map(session -> new LockedSession(tx, session, chronicle, caller.origin(), now));
  }
}
