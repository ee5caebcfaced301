package io.waybill.core.dataset.usecase;

import io.waybill.core.Outage;
import io.waybill.core.access.Origin;
import io.waybill.core.dataset.Dataset;
import io.waybill.core.dataset.DatasetStores;
import io.waybill.core.work.Ports;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Takes up purges that others have left behind. Safe in every replica at once. */
public final class RedrivePurges {

  /** How long a claimed one is left to its worker; so long it waits after an outage, too. */
  static final Duration CLAIM = Duration.ofSeconds(60);

  private final Ports<? extends DatasetStores> ports;
  private final PurgeWalk walk;

  RedrivePurges(Ports<? extends DatasetStores> ports) {
    this.ports = ports;
    this.walk = new PurgeWalk(ports, new DatasetJournal(ports.ids()));
  }

  /** Datasets whose purge is due, at most so many, each left to this caller for a minute. */
  public List<Dataset> claim(int limit) {
    Instant now = ports.now();
    return ports.work().read(tx -> tx.datasetPurges().claimDue(now, now.plus(CLAIM), limit));
  }

  /**
   * Walks one claimed purge to its end. An outage of the database throws.
   *
   * @return why it is not at its end: storage does not answer, or refuses us, and it stays due
   */
  public Optional<Outage.Storage> walk(Dataset dataset) {
    try {
      walk.finish(dataset, Origin.WORKER, ports::storage, tx -> {});
      return Optional.empty();
    } catch (Outage.Storage outage) {
      return Optional.of(outage);
    }
  }
}
