package io.waybill.workers;

import io.waybill.core.Outage;
import io.waybill.core.dataset.Dataset;
import io.waybill.core.dataset.usecase.RedrivePurges;
import io.waybill.core.work.Pass;
import java.util.List;
import java.util.Optional;

/** Goes on with purges that nobody goes on with, one after the other. */
final class DuePurges implements Round {

  static final int AT_ONCE = 10;

  private final RedrivePurges redrive;
  private final JobMetrics metrics;
  private final OutageLog outages;

  DuePurges(RedrivePurges redrive, JobMetrics metrics, OutageLog outages) {
    this.redrive = redrive;
    this.metrics = metrics;
    this.outages = outages;
  }

  /** There is more when there may be, and asking at once may help. */
  @Override
  public Pass run() {
    List<Dataset> due = redrive.claim(AT_ONCE);
    boolean isInTrouble = false;
    for (Dataset dataset : due) {
      Optional<Outage.Storage> outage = redrive.walk(dataset);
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
