package io.waybill.workers;

import io.waybill.core.Outage;
import io.waybill.core.dataset.ValidationQueue.Due;
import io.waybill.core.validation.usecase.ValidateDatasets;
import io.waybill.core.work.Pass;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at datasets that wait for it, each on a thread of its own. A round claims as many as there
 * are places free and waits for none of them: a sum over a terabyte holds up nothing but its own
 * place.
 */
final class DueValidations implements Round {
  static final int AT_ONCE = 4;

  private static final Logger LOG = LoggerFactory.getLogger(DueValidations.class);

  private final ValidateDatasets validate;
  private final JobMetrics metrics;
  private final OutageLog outages;
  private final AtomicBoolean inTrouble = new AtomicBoolean();
  private final Places places;

  DueValidations(ValidateDatasets validate, JobMetrics metrics, OutageLog outages) {
    this.validate = validate;
    this.metrics = metrics;
    this.outages = outages;
    this.places = new Places("validate-", AT_ONCE, metrics::begun);
  }

  /** Waits for a free place; there is more when there may be, and asking at once may help. */
  @Override
  public Pass run() throws InterruptedException {
    Places.Taken taken = places.take(validate::claim, this::walk);
    return new Pass(taken.items(), taken.isFull() && !inTrouble.getAndSet(false));
  }

  private void walk(Due due) {
    try {
      validate.walk(due).ifPresentOrElse(this::note, outages::wentWell);
    } catch (Outage outage) {
      note(outage);
    } catch (RuntimeException e) {
      metrics.oneWentWrong();
      LOG.atError()
          .setMessage("a defect; the dataset comes up again when its claim ends")
          .addKeyValue("operation", "validate")
          .addKeyValue("dataset_id", due.dataset().datasetId())
          .setCause(e)
          .log();
    }
  }

  private void note(Outage outage) {
    metrics.oneWentWrong();
    inTrouble.set(true);
    outages.met(outage.code(), outage.what());
  }

  /** Waits for those under way; an interrupt ends their waiting for storage. */
  @Override
  public void close() {
    places.close();
    validate.close();
  }
}
