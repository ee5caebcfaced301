package io.waybill.core.dataset.usecase;

import io.waybill.core.Outage;
import io.waybill.core.access.Origin;
import io.waybill.core.dataset.Dataset;
import io.waybill.core.dataset.DatasetEvent;
import io.waybill.core.dataset.DatasetStatus;
import io.waybill.core.dataset.DatasetStores;
import io.waybill.core.dataset.StoredPlace;
import io.waybill.core.storage.HoldStatus;
import io.waybill.core.storage.ObjectStore;
import io.waybill.core.storage.StoredObject;
import io.waybill.core.work.Ports;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Goes on with a purge that is intended: storage deletes, then we say so. Every step may be
 * repeated, by anybody, at once: what is deleted stays so, and only one says so.
 */
final class PurgeWalk {

  /** More versions than Waybill ever stores under one key: somebody else writes there. */
  private static final int MOST_VERSIONS = 10;

  private final Ports<? extends DatasetStores> ports;
  private final DatasetJournal journal;

  PurgeWalk(Ports<? extends DatasetStores> ports, DatasetJournal journal) {
    this.ports = ports;
    this.journal = journal;
  }

  /**
   * Walks to the end.
   *
   * @param storage gives the store for the next place
   * @param also what else to write in the transaction that ends it: the remembered answer
   * @throws Outage when storage does not answer: the intent stays for a worker
   */
  void finish(
      Dataset dataset, Origin origin, Supplier<ObjectStore> storage, Consumer<DatasetStores> also) {
    List<StoredPlace> places =
        ports.work().read(tx -> tx.datasetPurges().places(dataset.tenantId(), dataset.datasetId()));
    places.forEach(place -> clear(storage.get(), place));
    ports
        .work()
        .commit(tx -> {
          end(tx, dataset, origin);
          also.accept(tx);
          return dataset;
        });
  }

  /** Deletes the version that we know of, and whatever else shows under the key. */
  private static void clear(ObjectStore store, StoredPlace place) {
    if (place.versionId() != null) {
      delete(store, place, place.versionId());
    }
    Optional<StoredObject> left = store.head(place.location());
    for (int i = 0; left.isPresent(); i++) {
      if (i == MOST_VERSIONS) {
        throw Outage.storageRefused(
            "the object is still there after " + MOST_VERSIONS + " deletions",
            new IllegalStateException("somebody writes to a key of ours"));
      }
      delete(store, place, left.get().versionId());
      left = store.head(place.location());
    }
  }

  /** Storage may still hold what by now is held no more. */
  private static void delete(ObjectStore store, StoredPlace place, @Nullable String versionId) {
    if (place.isHeld()) {
      store.hold(place.location(), versionId, HoldStatus.OFF);
    }
    store.delete(place.location(), versionId, place.bypass());
  }

  private void end(DatasetStores tx, Dataset dataset, Origin origin) {
    @Nullable Dataset known =
        tx.datasetChanges()
            .lock(dataset.tenantId(), dataset.projectId(), Set.of(dataset.datasetId()))
            .get(dataset.datasetId());
    if (known == null || known.status() != DatasetStatus.DELETED) {
      return; // somebody else has said so
    }
    Instant now = ports.now();
    Dataset purged = known.purged(now);
    tx.datasetPurges().finish(purged);
    tx.events().append(journal.wrote(DatasetEvent.PURGED, purged, origin, Map.of()));
  }
}
