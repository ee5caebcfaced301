package io.waybill.workers;

import io.waybill.core.Outage;
import io.waybill.core.dataset.HoldIntent;
import io.waybill.core.dataset.usecase.RedriveHolds;
import io.waybill.core.work.Pass;
import java.util.List;
import java.util.Optional;

/** Tells stores which datasets are held, and which no more, one after the other. */
final class DueHolds implements Round {

  static final int AT_ONCE = 10;

  private final RedriveHolds redrive;
  private final JobMetrics metrics;
  private final OutageLog outages;

  DueHolds(RedriveHolds redrive, JobMetrics metrics, OutageLog outages) {
    this.redrive = redrive;
    this.metrics = metrics;
    this.outages = outages;
  }

  /** There is more when there may be, and asking at once may help. */
  @Override
  public Pass run() {
    List<HoldIntent> due = redrive.claim(AT_ONCE);
    boolean isInTrouble = false;
    for (HoldIntent intent : due) {
      Optional<Outage.Storage> outage = redrive.walk(intent);
      isInTrouble |= outage.isPresent();
      outage.ifPresentOrElse(this::note, outages::wentWell);
    }
    return new Pass(due.size(), due.size() == AT_ONCE && !isInTrouble);
  }

  private void note(Outage.Storage outage) {
    metrics.oneWentWrong();
    outages.met(outage.code(), outage.what());
  }
}
