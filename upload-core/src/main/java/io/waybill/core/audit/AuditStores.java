package io.waybill.core.audit;

/** The stores that the audit trail touches. */
public interface AuditStores {

  AuditStore auditTrail();

  SealStore seals();
}
