package io.waybill.server;

import io.waybill.core.app.UseCases;
import io.waybill.core.quota.usecase.ReconcileQuotas;
import io.waybill.core.recovery.RecoveryAnswer;
import io.waybill.core.recovery.RecoveryPhase;
import io.waybill.core.recovery.UnclaimedObjectAnswer;
import io.waybill.core.recovery.usecase.ReadRecoveries;
import io.waybill.server.command.Settings;
import io.waybill.server.wiring.Backbone;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code waybill admin recovery}: what is done after a restore from a backup. */
@Command(
    name = "recovery",
    description = "Compares datasets with the stores after database or bucket were restored.",
    mixinStandardHelpOptions = true)
final class RecoveryCommand implements Runnable {

  private static final int SHOWN = 100;

  @Override
  public void run() {
    CommandLine.usage(this, System.out);
  }

  @Command(
      name = "start",
      description =
          "Marks datasets, so that none is given out before its object was seen, and has workers"
              + " compare them. One that is under way goes on.",
      mixinStandardHelpOptions = true)
  void start(@Option(names = "--tenant", description = "this one only") @Nullable UUID tenant) {
    try (Backbone backbone = Backbone.patient(Settings.quiet())) {
      UseCases cases = backbone.useCases();
      each(cases, tenant, one -> show(one, cases.recoveries().start().handle(one)));
    }
  }

  @Command(
      name = "status",
      description = "How far the newest recovery is; ends with 1 while one is under way.",
      mixinStandardHelpOptions = true)
  int status(@Option(names = "--tenant", description = "this one only") @Nullable UUID tenant) {
    try (Backbone backbone = Backbone.patient(Settings.quiet())) {
      UseCases cases = backbone.useCases();
      boolean[] isUnderWay = {false};
      each(
          cases,
          tenant,
          one ->
              cases
                  .recoveries()
                  .read()
                  .newest(one)
                  .ifPresent(run -> {
                    isUnderWay[0] |= run.status() != RecoveryPhase.COMPLETED;
                    show(one, run);
                  }));
      return isUnderWay[0] ? 1 : 0;
    }
  }

  @Command(
      name = "report",
      description =
          "What the newest recovery has found, and the objects that no dataset has; ends with 1"
              + " where something is not as it was.",
      mixinStandardHelpOptions = true)
  int report(@Option(names = "--tenant", description = "this one only") @Nullable UUID tenant) {
    try (Backbone backbone = Backbone.patient(Settings.quiet())) {
      UseCases cases = backbone.useCases();
      boolean[] isWhole = {true};
      each(cases, tenant, one -> isWhole[0] &= report(cases.recoveries().read(), one));
      return isWhole[0] ? 0 : 1;
    }
  }

  private static boolean report(ReadRecoveries read, UUID tenant) {
    Optional<RecoveryAnswer> newest = read.newest(tenant);
    if (newest.isEmpty()) {
      return true;
    }
    RecoveryAnswer run = newest.get();
    show(tenant, run);
    for (UnclaimedObjectAnswer object : read.registered(tenant, run.recoveryId(), SHOWN)) {
      System.out.printf(
          "  nobody's: %s/%s, %d bytes%n",
          object.bucket(), object.objectKey(), object.objectSizeBytes());
    }
    if (run.unclaimedObjectCount() > SHOWN) {
      System.out.printf("  ... and %d more%n", run.unclaimedObjectCount() - SHOWN);
    }
    return run.status() == RecoveryPhase.COMPLETED
        && run.missingObjectCount() == 0
        && run.metadataOnlyCount() == 0
        && run.objectOnlyCount() == 0
        && run.unclaimedObjectCount() == 0;
  }

  private static void each(UseCases cases, @Nullable UUID tenant, Consumer<UUID> what) {
    if (tenant != null) {
      what.accept(tenant);
      return;
    }
    ReconcileQuotas all = cases.quotas().reconcileQuotas();
    List<UUID> tenants = all.tenants(null);
    while (!tenants.isEmpty()) {
      tenants.forEach(what);
      tenants = all.tenants(tenants.getLast());
    }
  }

  private static void show(UUID tenant, RecoveryAnswer run) {
    System.out.printf(
        "tenant %s: recovery %s %s: %d datasets, %d verified, %d missing their object,"
            + " %d metadata only, %d object only, %d unfinished; %d objects, %d nobody's%n",
        tenant,
        run.recoveryId(),
        run.status(),
        run.datasetCount(),
        run.verifiedCount(),
        run.missingObjectCount(),
        run.metadataOnlyCount(),
        run.objectOnlyCount(),
        run.unfinishedCount(),
        run.objectCount(),
        run.unclaimedObjectCount());
  }
}
