package io.waybill.core.dataset.usecase;

import io.waybill.core.Outage;
import io.waybill.core.dataset.DatasetStores;
import io.waybill.core.dataset.HoldIntent;
import io.waybill.core.dataset.StoredPlace;
import io.waybill.core.work.Ports;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Tells stores which datasets are held. That it is to be told is committed with the hold itself, so
 * that nobody's death loses it. Safe in every replica at once.
 */
public final class RedriveHolds {

  /** How long a claimed one is left to its worker; so long it waits after an outage, too. */
  static final Duration CLAIM = Duration.ofSeconds(60);

  private final Ports<? extends DatasetStores> ports;

  RedriveHolds(Ports<? extends DatasetStores> ports) {
    this.ports = ports;
  }

  /** Datasets of which stores are to be told, at most so many, each left to this caller. */
  public List<HoldIntent> claim(int limit) {
    Instant now = ports.now();
    return ports
        .work()
        .read(tx -> tx.datasetChanges().holds().claimDue(now, now.plus(CLAIM), limit));
  }

  /**
   * Tells of one that is claimed. An outage of the database throws.
   *
   * @return why not: the store does not answer, or refuses us, and it stays due
   */
  public Optional<Outage.Storage> walk(HoldIntent intent) {
    List<StoredPlace> places =
        ports
            .work()
            .read(tx ->
                tx.datasetChanges()
                    .holds()
                    .places(intent.dataset().tenantId(), intent.dataset().datasetId()));
    try {
      places.forEach(
          place -> ports.storage().hold(place.location(), place.versionId(), intent.status()));
    } catch (Outage.Storage outage) {
      return Optional.of(outage);
    }
    ports
        .work()
        .commit(tx -> {
          tx.datasetChanges().holds().finish(intent);
          return intent;
        });
    return Optional.empty();
  }
}
