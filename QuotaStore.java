package io.waybill.core.quota;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How much tenants may hold, and whether what is counted of them is true. */
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

  /** Tenants in the order of their ids, at most {@code limit}, after this one or from the first. */
  List<UUID> tenants(@Nullable UUID after, int limit);

  /** The same of a tenant's projects, DELETED ones included. */
  List<UUID> projects(UUID tenantId, @Nullable UUID after, int limit);

  /**
   * Counters of a tenant that are not what is there, both as of one moment.
   *
   * @param projectId whose counters are compared with its rows; null for those of the tenant and
   *     its devices, and for the tenant's bytes with the counters of its projects
   */
  List<Drift> drift(UUID tenantId, @Nullable UUID projectId);

  /**
   * Mends what {@link #drift} would find, by the difference and not by the sum, so that what others
   * count meanwhile stays counted. For a transaction of its own: of those who mend at once in one
   * tenant, one does, and the others mend nothing.
   *
   * @return what was mended
   */
  List<Drift> mend(UUID tenantId, @Nullable UUID projectId);
}
