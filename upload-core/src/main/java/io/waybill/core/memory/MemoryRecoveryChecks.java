package io.waybill.core.memory;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import io.waybill.core.dataset.Dataset;
import io.waybill.core.dataset.DatasetSeen;
import io.waybill.core.dataset.DatasetStanding;
import io.waybill.core.dataset.DatasetStatus;
import io.waybill.core.dataset.RecoveryStatus;
import io.waybill.core.recovery.RecoveryChecks;
import io.waybill.core.recovery.RecoveryRun;
import io.waybill.core.storage.StoredObject;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

record MemoryRecoveryChecks(MemoryTransaction tx) implements RecoveryChecks {

  private record CheckRow(UUID datasetId, @Nullable UUID recoveryId, Instant dueAt) {}

  private static final Table<UUID, CheckRow> CHECKS = Table.of("recovery_checks");

  private static final Comparator<Dataset> ORDER =
      Comparator.comparing(Dataset::projectId)
          .thenComparing(Dataset::datasetId, Comparator.reverseOrder());

  @Override
  public List<Marked> mark(RecoveryRun run, Marked after, int limit, Instant now) {
    List<Dataset> next =
        tx.of(MemoryDatasets.DATASETS).values().stream()
            .filter(dataset -> dataset.tenantId().equals(run.tenantId()))
            .filter(dataset -> dataset.location() != null)
            .filter(dataset -> dataset.status() != DatasetStatus.PURGED)
            .filter(dataset -> isBehind(dataset, after))
            .sorted(ORDER)
            .limit(limit)
            .toList();
    next.forEach(dataset -> mark(dataset, run.recoveryId(), now));
    return next.stream()
        .map(dataset -> new Marked(dataset.projectId(), dataset.datasetId()))
        .toList();
  }

  private static boolean isBehind(Dataset dataset, Marked after) {
    int project = dataset.projectId().compareTo(after.projectId());
    return project > 0 || (project == 0 && dataset.datasetId().compareTo(after.datasetId()) < 0);
  }

  private void mark(Dataset seen, UUID recoveryId, Instant now) {
    UUID id = seen.datasetId();
    Dataset dataset = tx.of(MemoryDatasets.DATASETS).lock(id).orElseThrow();
    if (dataset.object() != null && dataset.recoveryStatus() == RecoveryStatus.NORMAL) {
      DatasetStanding doubted = dataset.standing().recovered(RecoveryStatus.RECOVERY_PENDING);
      tx.of(MemoryDatasets.DATASETS).put(id, DatasetSeen.as(dataset, doubted, dataset.object()));
    }
    tx.of(CHECKS).put(id, new CheckRow(id, recoveryId, now));
  }

  @Override
  public List<Due> claim(Instant now, Instant until, int limit) {
    List<CheckRow> due =
        tx.of(CHECKS).values().stream()
            .filter(row -> !row.dueAt().isAfter(now))
            .filter(row -> tx.of(CHECKS).isFree(row.datasetId()))
            .sorted(Comparator.comparing(CheckRow::dueAt))
            .limit(limit)
            .toList();
    return due.stream()
        .map(row -> {
          tx.of(CHECKS)
              .put(row.datasetId(), new CheckRow(row.datasetId(), row.recoveryId(), until));
          Dataset dataset = tx.of(MemoryDatasets.DATASETS).get(row.datasetId());
          return new Due(Objects.requireNonNull(dataset), row.recoveryId(), until);
        })
        .toList();
  }

  @Override
  public boolean finish(Due due, @Nullable Instant again) {
    UUID id = due.dataset().datasetId();
    Optional<CheckRow> mine = mine(due);
    mine.ifPresent(row -> {
      if (again == null) {
        tx.of(CHECKS).remove(id);
      } else {
        tx.of(CHECKS).put(id, new CheckRow(id, null, again));
      }
    });
    return mine.isPresent();
  }

  @Override
  public void delay(Due due, Instant until) {
    mine(due)
        .ifPresent(row ->
            tx.of(CHECKS)
                .put(row.datasetId(), new CheckRow(row.datasetId(), row.recoveryId(), until)));
  }

  private Optional<CheckRow> mine(Due due) {
    return tx.of(CHECKS)
        .lock(due.dataset().datasetId())
        .filter(row -> row.dueAt().equals(due.claimedUntil()));
  }

  @Override
  public boolean isOpen(UUID recoveryId) {
    return tx.of(CHECKS).values().stream().anyMatch(row -> recoveryId.equals(row.recoveryId()));
  }

  @Override
  public void found(UUID tenantId, UUID datasetId, StoredObject object) {
    Dataset known = tx.of(MemoryDatasets.DATASETS).lock(datasetId).orElseThrow();
    StoredObject bare = new StoredObject(object.sizeBytes(), object.etag(), object.versionId());
    tx.of(MemoryDatasets.DATASETS).put(datasetId, DatasetSeen.as(known, known.standing(), bare));
  }

  @Override
  public Map<RecoveryStatus, Long> census() {
    return tx.of(MemoryDatasets.DATASETS).values().stream()
        .filter(dataset -> dataset.status() != DatasetStatus.PURGED)
        .filter(dataset -> dataset.recoveryStatus() != RecoveryStatus.NORMAL)
        .collect(groupingBy(Dataset::recoveryStatus, counting()));
  }
}
