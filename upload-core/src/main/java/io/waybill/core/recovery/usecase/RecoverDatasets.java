package io.waybill.core.recovery.usecase;

import io.waybill.core.Outage;
import io.waybill.core.dataset.RecoveryStatus;
import io.waybill.core.policy.usecase.ProbeStorage.Place;
import io.waybill.core.recovery.RecoveryAnswer;
import io.waybill.core.recovery.RecoveryChecks.Due;
import io.waybill.core.recovery.RecoveryStores;
import io.waybill.core.storage.StoredObjects;
import io.waybill.core.work.Ports;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Goes on with recoveries, whoever has started them: marks datasets, compares them with the stores
 * and the stores with them. Safe in every replica at once.
 */
public final class RecoverDatasets {

  private final Ports<? extends RecoveryStores> ports;
  private final CheckDatasets checks;
  private final ContinueRecovery steps;

  public RecoverDatasets(Ports<? extends RecoveryStores> ports, StoredObjects listing) {
    this.ports = ports;
    this.checks = new CheckDatasets(ports);
    this.steps = new ContinueRecovery(ports, new ObjectWalk(ports, listing));
  }

  /**
   * What one round did.
   *
   * @param checked datasets that it has compared
   * @param outages why some of them stay due
   * @param reports of recoveries that it has completed
   * @param more whether there may be more to do at once
   */
  public record Recovered(
      int checked, List<Outage.Storage> outages, List<RecoveryAnswer> reports, boolean more) {
    public Recovered {
      outages = List.copyOf(outages);
      reports = List.copyOf(reports);
    }
  }

  /**
   * One round: a step of a recovery, and some datasets. The first outage of storage ends it: who is
   * not asked waits for no answer.
   *
   * @param places every bucket that there is, in their order
   * @param most datasets that are compared, at most
   */
  public Recovered handle(List<Place> places, int most) {
    Optional<ContinueRecovery.Stepped> step = steps.step(places);
    List<Due> due = checks.claim(most);
    List<Outage.Storage> outages = new ArrayList<>();
    int checked = 0;
    for (Due one : due) {
      checks.check(one).ifPresent(outages::add);
      if (!outages.isEmpty()) {
        break;
      }
      checked++;
    }
    List<RecoveryAnswer> reports = step.flatMap(ContinueRecovery.Stepped::report).stream().toList();
    boolean goesOn = step.map(ContinueRecovery.Stepped::goesOn).orElse(false);
    return new Recovered(checked, outages, reports, outages.isEmpty() && (goesOn || checked > 0));
  }

  /** How many datasets there are of each status but NORMAL. */
  public Map<RecoveryStatus, Long> census() {
    return ports.work().read(tx -> tx.recoveryChecks().census());
  }
}
