package io.waybill.core.quota;

import io.waybill.core.event.EventStores;

/** The stores that quotas touch. */
public interface QuotaStores extends EventStores {
  QuotaStore quotas();

  QuotaWarningStore quotaWarnings();
}
