package io.waybill.core.quota;

/** The stores that quotas touch. */
public interface QuotaStores {
  QuotaStore quotas();
}
