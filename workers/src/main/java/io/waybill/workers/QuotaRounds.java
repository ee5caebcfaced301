package io.waybill.workers;

import io.micrometer.core.instrument.Counter;
import io.waybill.core.Outage;
import io.waybill.core.quota.Drift;
import io.waybill.core.quota.usecase.ReconcileQuotas;
import io.waybill.core.work.Pass;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Proves the counters of one tenant after the other, and says what it mended: a counter that is
 * wrong is a defect, or somebody's hand in the database. A tenant that cannot be added up in time
 * keeps no other one from it.
 */
final class QuotaRounds implements Round {

  private static final Logger LOG = LoggerFactory.getLogger(QuotaRounds.class);
  private static final int MOST_OUTAGES = 3;

  private final ReconcileQuotas reconcile;
  private final Counter mended;

  QuotaRounds(ReconcileQuotas reconcile, Counter mended) {
    this.reconcile = reconcile;
    this.mended = mended;
  }

  @Override
  public Pass run() {
    int proven = 0;
    List<Outage> outages = new ArrayList<>();
    List<UUID> tenants = reconcile.tenants(null);
    while (!tenants.isEmpty() && outages.size() < MOST_OUTAGES) {
      for (UUID tenant : tenants) {
        reconcile(tenant, outages);
      }
      proven += tenants.size();
      tenants = reconcile.tenants(tenants.getLast());
    }
    if (!outages.isEmpty()) {
      throw outages.getFirst();
    }
    return Pass.whole(proven);
  }

  private void reconcile(UUID tenant, List<Outage> outages) {
    if (outages.size() >= MOST_OUTAGES) {
      return;
    }
    try {
      reconcile.handle(tenant, true).forEach(drift -> note(tenant, drift));
    } catch (Outage outage) {
      outages.add(outage);
    }
  }

  private void note(UUID tenant, Drift drift) {
    mended.increment();
    LOG.atWarn()
        .setMessage("reconcile: {} of {} was counted as {} and is {}; the counter is mended")
        .addArgument(drift.counter())
        .addArgument(drift.ownerId())
        .addArgument(drift.counted())
        .addArgument(drift.actual())
        .addKeyValue("operation", "reconcile")
        .addKeyValue("tenant_id", tenant)
        .log();
  }
}
