package io.waybill.core.memory;

import io.waybill.core.dataset.Dataset;
import io.waybill.core.dataset.DatasetHolds;
import io.waybill.core.dataset.HoldIntent;
import io.waybill.core.dataset.StoredPlace;
import io.waybill.core.storage.LockBypass;
import io.waybill.core.storage.StoredObject;
import io.waybill.core.upload.Session;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

record MemoryDatasetHolds(MemoryTransaction tx) implements DatasetHolds {

  /** When each dataset is due. */
  static final Table<UUID, Instant> HOLDS = Table.of("dataset_holds");

  @Override
  public void request(UUID tenantId, UUID datasetId, Instant now) {
    if (dataset(tenantId, datasetId).isPresent()) {
      Instant known = tx.of(HOLDS).get(datasetId);
      tx.of(HOLDS).put(datasetId, known == null || known.isBefore(now) ? now : known);
    }
  }

  private Optional<Dataset> dataset(UUID tenantId, UUID datasetId) {
    return Optional.ofNullable(tx.of(MemoryDatasets.DATASETS).get(datasetId))
        .filter(dataset -> dataset.tenantId().equals(tenantId));
  }

  @Override
  public List<HoldIntent> claimDue(Instant now, Instant until, int limit) {
    List<UUID> due =
        tx.of(HOLDS).keys().stream()
            .filter(id -> tx.of(HOLDS).isFree(id) && tx.of(MemoryDatasets.DATASETS).isFree(id))
            .filter(id -> !now.isBefore(dueAt(id)))
            .sorted(Comparator.comparing(this::dueAt))
            .limit(limit)
            .toList();
    due.forEach(id -> tx.of(HOLDS).put(id, until));
    return due.stream()
        .flatMap(id -> Optional.ofNullable(tx.of(MemoryDatasets.DATASETS).get(id)).stream())
        .map(dataset -> new HoldIntent(dataset, until))
        .toList();
  }

  private Instant dueAt(UUID datasetId) {
    return Objects.requireNonNullElse(tx.of(HOLDS).get(datasetId), Instant.MAX);
  }

  @Override
  public List<StoredPlace> places(UUID tenantId, UUID datasetId) {
    return dataset(tenantId, datasetId).stream()
        .flatMap(dataset -> stored(datasetId))
        .filter(done -> MemoryCapabilities.locks(tx, done.upload().location()).orElse(false))
        .map(done -> {
          StoredObject object = done.object();
          return new StoredPlace(
              done.upload().location(),
              object == null ? null : object.versionId(),
              done.upload().protection().legalHold(),
              LockBypass.NONE);
        })
        .toList();
  }

  private Stream<Session.Completed> stored(UUID datasetId) {
    return tx.of(MemorySessions.SESSIONS).values().stream()
        .map(row -> row.session())
        .filter(session -> session.upload().owner().datasetId().equals(datasetId))
        .flatMap(
            session -> session instanceof Session.Completed done ? Stream.of(done) : Stream.of());
  }

  @Override
  public void finish(HoldIntent told) {
    UUID id = told.dataset().datasetId();
    Dataset known = tx.of(MemoryDatasets.DATASETS).get(id);
    boolean isKnown =
        stored(id)
            .allMatch(done -> MemoryCapabilities.locks(tx, done.upload().location()).isPresent());
    if (known != null
        && known.version() == told.dataset().version()
        && told.until().equals(dueAt(id))
        && isKnown) {
      tx.of(HOLDS).remove(id);
    }
  }
}
