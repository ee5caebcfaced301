package io.waybill.core.audit.usecase;

import io.waybill.core.audit.AuditStores;
import io.waybill.core.work.Ports;

/** What is done with the audit trail. */
public record AuditUseCases(
    ListAuditEvents listAuditEvents,
    SealAudit sealAudit,
    VerifyAudit verifyAudit,
    ExportAudit exportAudit) {

  private static final int ROWS_A_SEAL = 1000;

  /** All of them over one set of ports. */
  public static AuditUseCases over(Ports<? extends AuditStores> ports) {
    return new AuditUseCases(
        new ListAuditEvents(ports),
        new SealAudit(ports, ROWS_A_SEAL),
        new VerifyAudit(ports),
        new ExportAudit(ports));
  }
}
