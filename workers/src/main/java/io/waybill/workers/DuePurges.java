package io.waybill.workers;

import io.micrometer.core.instrument.Counter;
import io.waybill.core.Outage;
import io.waybill.core.dataset.Dataset;
import io.waybill.core.dataset.usecase.RedrivePurges;
import java.util.List;
import java.util.Optional;

/** Goes on with purges that nobody goes on with, one after the other. */
final class DuePurges implements Workers.Round {

  private static final int AT_ONCE = 10;

  private final RedrivePurges redrive;
  private final Counter errors;
  private final OutageLog outages;

  DuePurges(RedrivePurges redrive, Counter errors, OutageLog outages) {
    this.redrive = redrive;
    this.errors = errors;
    this.outages = outages;
  }

  /** True when there may be more to claim, and asking at once may help. */
  @Override
  public boolean run() {
    List<Dataset> due = redrive.claim(AT_ONCE);
    boolean isInTrouble = false;
    for (Dataset dataset : due) {
      Optional<Outage.Storage> outage = redrive.walk(dataset);
      isInTrouble |= outage.isPresent();
      outage.ifPresentOrElse(this::note, outages::wentWell);
    }
    return due.size() == AT_ONCE && !isInTrouble;
  }

  private void note(Outage.Storage outage) {
    errors.increment();
    outages.met(outage.code(), outage.what());
  }
}
