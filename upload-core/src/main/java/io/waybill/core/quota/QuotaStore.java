package io.waybill.core.quota;

import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How much tenants may hold. */
public interface QuotaStore {

  /** As it is counted; empty when there is no such tenant. */
  Optional<TenantQuota> find(UUID tenantId);

  /**
   * Gives a tenant a bound of its own, or takes it away.
   *
   * @param maxBytes null for what the installation says
   * @return false when there is no such tenant
   */
  boolean bound(UUID tenantId, @Nullable Long maxBytes);
}
