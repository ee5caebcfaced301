package io.waybill.workers;

import io.waybill.core.Outage;
import io.waybill.core.work.Pass;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * Goes on with what was meant to be done in a store and nobody does: claims some, and walks them
 * one after the other.
 *
 * @param <T> an intent as it is claimed
 */
final class DueIntents<T> implements Round {

  static final int AT_ONCE = 10;

  private final IntFunction<List<T>> claim;
  private final Function<T, Optional<Outage.Storage>> walk;
  private final JobMetrics metrics;
  private final OutageLog outages;

  DueIntents(
      IntFunction<List<T>> claim,
      Function<T, Optional<Outage.Storage>> walk,
      JobMetrics metrics,
      OutageLog outages) {
    this.claim = claim;
    this.walk = walk;
    this.metrics = metrics;
    this.outages = outages;
  }

  /** There is more when there may be, and asking at once may help. */
  @Override
  public Pass run() {
    List<T> due = claim.apply(AT_ONCE);
    boolean isInTrouble = false;
    for (T intent : due) {
      Optional<Outage.Storage> outage = walk.apply(intent);
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
