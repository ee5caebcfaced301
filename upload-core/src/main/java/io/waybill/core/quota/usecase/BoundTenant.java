package io.waybill.core.quota.usecase;

import io.waybill.core.access.Origin;
import io.waybill.core.access.Resource;
import io.waybill.core.event.Facts;
import io.waybill.core.event.Journal;
import io.waybill.core.quota.QuotaEvent;
import io.waybill.core.quota.QuotaStores;
import io.waybill.core.quota.TenantQuota;
import io.waybill.core.work.Ports;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Says how much a tenant may hold: the operator's, for whom no route leads here. */
public final class BoundTenant {

  private final Ports<? extends QuotaStores> ports;
  private final Journal journal;

  BoundTenant(Ports<? extends QuotaStores> ports, Journal journal) {
    this.ports = ports;
    this.journal = journal;
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
        .commit(
            tx -> tx.quotas().lock(tenantId) ? bound(tx, tenantId, maxBytes) : Optional.empty());
  }

  private Optional<TenantQuota> bound(QuotaStores tx, UUID tenantId, @Nullable Long maxBytes) {
    Optional<TenantQuota> before = tx.quotas().find(tenantId);
    tx.quotas().bound(tenantId, maxBytes);
    Optional<TenantQuota> after = tx.quotas().find(tenantId);
    Map<String, Object> details =
        Map.of("before", told(before.orElseThrow()), "after", told(after.orElseThrow()));
    tx.events()
        .append(
            Facts.of(
                journal.audit(
                    QuotaEvent.BOUNDED,
                    Resource.tenant(tenantId),
                    Origin.OPERATOR,
                    ports.now(),
                    details)));
    return after;
  }

  /** What an operator says, and not what happens to be stored meanwhile. */
  private static Map<String, Object> told(TenantQuota quota) {
    Long maxBytes = quota.maxBytes();
    return maxBytes == null ? Map.of() : Map.of("max_bytes", maxBytes);
  }
}
