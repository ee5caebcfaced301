package io.waybill.core.upload.usecase;

import io.waybill.core.ErrorCode;
import io.waybill.core.Refusal;
import io.waybill.core.Verdict;
import io.waybill.core.access.Caller;
import io.waybill.core.access.Permission;
import io.waybill.core.upload.Receipt;
import io.waybill.core.upload.ReceiptAnswer;
import io.waybill.core.upload.ReceiptSigner;
import io.waybill.core.upload.Session;
import io.waybill.core.upload.UploadStores;
import io.waybill.core.work.Ports;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Seals what a completed session says; it is signed anew for every reader, in the same words. */
public final class GetReceipt {

  private final Ports<? extends UploadStores> ports;
  private final ReceiptSigner signer;

  public GetReceipt(Ports<? extends UploadStores> ports, ReceiptSigner signer) {
    this.ports = ports;
    this.signer = signer;
  }

  public Verdict<ReceiptAnswer> handle(Caller caller, UUID sessionId) {
    Instant now = ports.now();
    Optional<Session> found =
        ports.work().read(tx -> tx.sessions().find(caller.identity().tenantId(), sessionId));
    return SessionGate.pass(caller, found, Permission.DATASET_VIEW, now)
        .then(session -> receipt(session.asOf(now)));
  }

  private Verdict<ReceiptAnswer> receipt(Session session) {
    return session instanceof Session.Completed done
        ? Verdict.ok(new ReceiptAnswer(done.upload().sessionId(), signer.sign(Receipt.of(done))))
        : Verdict.refused(
            Refusal.of(
                    ErrorCode.UPLOAD_INVALID_STATE,
                    "only a COMPLETED session has a receipt; this one is " + session.status())
                .with("session_id", session.upload().sessionId().toString())
                .with("current_status", session.status().name()));
  }
}
