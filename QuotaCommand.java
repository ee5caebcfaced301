package io.waybill.server;

import io.waybill.core.quota.Drift;
import io.waybill.core.quota.TenantQuota;
import io.waybill.core.quota.usecase.QuotaUseCases;
import io.waybill.core.quota.usecase.ReconcileQuotas;
import io.waybill.server.command.Settings;
import io.waybill.server.wiring.Backbone;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code waybill admin quota}: what tenants may hold, and whether it is counted right. */
@Command(
    name = "quota",
    description = "Shows and bounds what tenants hold, and proves what is counted.",
    mixinStandardHelpOptions = true)
final class QuotaCommand implements Runnable {

  @Override
  public void run() {
    CommandLine.usage(this, System.out);
  }

  @Command(
      name = "show",
      description = "What a tenant may hold, has stored and has promised to open uploads.",
      mixinStandardHelpOptions = true)
  int show(@Option(names = "--tenant", required = true) UUID tenant) {
    try (Backbone backbone = Backbone.patient(Settings.quiet())) {
      return said(tenant, quotas(backbone).boundTenant().find(tenant));
    }
  }

  @Command(
      name = "bound",
      description =
          "Gives a tenant a bound of its own. What it holds already stays; there is no room for"
              + " more.",
      mixinStandardHelpOptions = true)
  int bound(
      @Option(names = "--tenant", required = true) UUID tenant,
      @Option(
              names = "--max-bytes",
              required = true,
              description = "stored and promised together; 0: what the installation says")
          long maxBytes) {
    if (maxBytes < 0) {
      System.out.println("--max-bytes must be 0 or more");
      return 2;
    }
    try (Backbone backbone = Backbone.patient(Settings.quiet())) {
      Long own = maxBytes == 0 ? null : Long.valueOf(maxBytes);
      return said(tenant, quotas(backbone).boundTenant().handle(tenant, own));
    }
  }

  private static int said(UUID tenant, Optional<TenantQuota> quota) {
    System.out.println(
        quota
            .map(q ->
                "tenant %s: %s, %d bytes stored, %d promised"
                    .formatted(tenant, bound(q.maxBytes()), q.usedBytes(), q.reservedBytes()))
            .orElse("there is no tenant " + tenant));
    return quota.isPresent() ? 0 : 1;
  }

  private static String bound(@Nullable Long maxBytes) {
    return maxBytes == null ? "no bound of its own" : "at most " + maxBytes + " bytes";
  }

  @Command(
      name = "reconcile",
      description =
          "Compares what is counted of tenants with their sessions, tasks and datasets, and mends"
              + " it. Workers do it, too; this one takes the time it takes.",
      mixinStandardHelpOptions = true)
  int reconcile(
      @Option(names = "--tenant", description = "this one only") @Nullable UUID tenant,
      @Option(
              names = "--look",
              description = "changes nothing; ends with 1 when something is counted wrong")
          boolean look) {
    try (Backbone backbone = Backbone.patient(Settings.quiet())) {
      ReconcileQuotas reconcile = quotas(backbone).reconcileQuotas();
      int found =
          tenant == null ? all(reconcile, !look) : one(reconcile, tenant, !look);
      System.out.println(
          found == 0
              ? "what is counted is what is there"
              : found + (look ? " counters are wrong" : " counters were mended"));
      return look && found > 0 ? 1 : 0;
    }
  }

  private static int all(ReconcileQuotas reconcile, boolean mends) {
    int found = 0;
    List<UUID> tenants = reconcile.tenants(null);
    while (!tenants.isEmpty()) {
      for (UUID tenant : tenants) {
        found += one(reconcile, tenant, mends);
      }
      tenants = reconcile.tenants(tenants.getLast());
    }
    return found;
  }

  private static int one(ReconcileQuotas reconcile, UUID tenant, boolean mends) {
    List<Drift> drifts = reconcile.handle(tenant, mends);
    for (Drift drift : drifts) {
      System.out.printf(
          "tenant %s: %s of %s is counted as %d and is %d%n",
          tenant,
          drift.counter().name().toLowerCase(Locale.ROOT),
          drift.ownerId(),
          drift.counted(),
          drift.actual());
    }
    return drifts.size();
  }

  private static QuotaUseCases quotas(Backbone backbone) {
    return backbone.useCases().quotas();
  }
}
