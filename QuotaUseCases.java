package io.waybill.core.quota.usecase;

import io.waybill.core.quota.QuotaStores;
import io.waybill.core.work.Ports;

/** What is done with quotas. */
public record QuotaUseCases(ReconcileQuotas reconcileQuotas, BoundTenant boundTenant) {

  /** All of them over one set of ports. */
  public static QuotaUseCases over(Ports<? extends QuotaStores> ports) {
    return new QuotaUseCases(new ReconcileQuotas(ports), new BoundTenant(ports));
  }
}
