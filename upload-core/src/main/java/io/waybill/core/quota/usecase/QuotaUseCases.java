package io.waybill.core.quota.usecase;

import io.waybill.core.event.Journal;
import io.waybill.core.quota.QuotaStores;
import io.waybill.core.work.Ports;
import org.jspecify.annotations.Nullable;

/** What is done with quotas. */
public record QuotaUseCases(
    ReconcileQuotas reconcileQuotas, WarnOfQuotas warnOfQuotas, BoundTenant boundTenant) {

  /**
   * All of them over one set of ports.
   *
   * @param tenantBytes the bound of a tenant that has none of its own; null for no bound
   */
  public static QuotaUseCases over(Ports<? extends QuotaStores> ports, @Nullable Long tenantBytes) {
    Journal journal = new Journal(ports.ids());
    return new QuotaUseCases(
        new ReconcileQuotas(ports),
        new WarnOfQuotas(ports, journal, tenantBytes),
        new BoundTenant(ports, journal));
  }
}
