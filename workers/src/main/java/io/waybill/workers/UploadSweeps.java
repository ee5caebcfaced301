package io.waybill.workers;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.waybill.core.Outage;
import io.waybill.core.policy.usecase.ProbeStorage;
import io.waybill.core.policy.usecase.ProbeStorage.Place;
import io.waybill.core.storage.Capability;
import io.waybill.core.upload.usecase.SweepUploads;
import io.waybill.core.upload.usecase.SweepUploads.Swept;
import io.waybill.core.work.Pass;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One step in search of orphan uploads in each bucket, and then a pause: storage has better things
 * to do. A bucket that nobody has tried yet waits until somebody has.
 */
final class UploadSweeps implements Round {
  private static final Logger LOG = LoggerFactory.getLogger(UploadSweeps.class);

  private final ProbeStorage probing;
  private final SweepUploads sweep;
  private final Counter scanned;
  private final Counter aborted;
  private final Counter errors;

  UploadSweeps(ProbeStorage probing, SweepUploads sweep, MeterRegistry registry) {
    this.probing = probing;
    this.sweep = sweep;
    this.scanned = registry.counter("cleanup_orphans_scanned");
    this.aborted = registry.counter("cleanup_orphans_aborted");
    this.errors = registry.counter("cleanup_errors");
  }

  @Override
  public Pass run() {
    int items = 0;
    List<Outage.Storage> outages = new ArrayList<>();
    for (Place place : probing.places()) {
      try {
        items += step(place);
      } catch (Outage.Storage outage) {
        errors.increment();
        outages.add(outage);
      }
    }
    if (!outages.isEmpty()) {
      throw outages.getFirst();
    }
    return Pass.whole(items);
  }

  private int step(Place place) {
    return probing
        .known(place)
        .map(known -> note(place, sweep.handle(place, known.has(Capability.PREFIX_LISTING))))
        .orElse(0);
  }

  private int note(Place place, Swept swept) {
    scanned.increment(swept.scanned());
    aborted.increment(swept.aborted());
    if (swept.aborted() > 0) {
      LOG.atInfo()
          .setMessage("sweep: {} uploads in {}/{} were nobody's for a day; they are aborted")
          .addArgument(swept.aborted())
          .addArgument(place.endpointRef())
          .addArgument(place.bucket())
          .addKeyValue("operation", "sweep")
          .log();
    }
    return swept.scanned();
  }
}
