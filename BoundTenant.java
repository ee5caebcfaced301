package io.waybill.core.quota.usecase;

import io.waybill.core.quota.QuotaStores;
import io.waybill.core.quota.TenantQuota;
import io.waybill.core.work.Ports;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Says how much a tenant may hold: the operator's, for whom no route leads here. */
public final class BoundTenant {

  private final Ports<? extends QuotaStores> ports;

  BoundTenant(Ports<? extends QuotaStores> ports) {
    this.ports = ports;
  }

  /** What a tenant may hold and takes; empty when there is no such tenant. */
  public Optional<TenantQuota> find(UUID tenantId) {
    return ports.work().read(tx -> tx.quotas().find(tenantId));
  }

  /**
   * Gives a tenant its bound. What it holds already stays; there is no room for more.
   *
   * @param maxBytes null for what the installation says
   * @return as it is now; empty when there is no such tenant
   */
  public Optional<TenantQuota> handle(UUID tenantId, @Nullable Long maxBytes) {
    if (maxBytes != null && maxBytes < 1) {
      throw new IllegalArgumentException("a quota of less than one byte refuses everything");
    }
    return ports
        .work()
        .commit(tx ->
            tx.quotas().bound(tenantId, maxBytes)
                ? tx.quotas().find(tenantId)
                : Optional.empty());
  }
}
