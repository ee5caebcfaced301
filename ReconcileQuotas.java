package io.waybill.core.quota.usecase;

import io.waybill.core.quota.Drift;
import io.waybill.core.quota.QuotaStores;
import io.waybill.core.work.Ports;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Proves what is counted of a tenant against its sessions, tasks and datasets, one project after
 * the other, and mends what is not so. It keeps nobody from creating or ending uploads meanwhile.
 */
public final class ReconcileQuotas {

  private static final int AT_ONCE = 100;

  private final Ports<? extends QuotaStores> ports;

  ReconcileQuotas(Ports<? extends QuotaStores> ports) {
    this.ports = ports;
  }

  /** The tenants after this one, or the first ones; none when there are no more. */
  public List<UUID> tenants(@Nullable UUID after) {
    return ports.work().read(tx -> tx.quotas().tenants(after, AT_ONCE));
  }

  /**
   * What is counted wrong.
   *
   * @param mends whether it is put right; then what another one has just mended is left out
   */
  public List<Drift> handle(UUID tenantId, boolean mends) {
    List<Drift> drifts = new ArrayList<>();
    List<UUID> projects = projects(tenantId, null);
    while (!projects.isEmpty()) {
      for (UUID project : projects) {
        drifts.addAll(drift(tenantId, project, mends));
      }
      projects = projects(tenantId, projects.getLast());
    }
    drifts.addAll(drift(tenantId, null, mends));
    return drifts;
  }

  private List<UUID> projects(UUID tenantId, @Nullable UUID after) {
    return ports.work().read(tx -> tx.quotas().projects(tenantId, after, AT_ONCE));
  }

  /** Looked at outside a transaction first: where all is well it costs one read and no lock. */
  private List<Drift> drift(UUID tenantId, @Nullable UUID projectId, boolean mends) {
    List<Drift> seen = ports.work().read(tx -> tx.quotas().drift(tenantId, projectId));
    return seen.isEmpty() || !mends
        ? seen
        : ports.work().commit(tx -> tx.quotas().mend(tenantId, projectId));
  }
}
