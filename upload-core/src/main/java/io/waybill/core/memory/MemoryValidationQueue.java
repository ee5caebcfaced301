package io.waybill.core.memory;

import io.waybill.core.dataset.Dataset;
import io.waybill.core.dataset.DatasetPreview;
import io.waybill.core.dataset.DatasetStanding;
import io.waybill.core.dataset.DatasetStatus;
import io.waybill.core.dataset.RecoveryStatus;
import io.waybill.core.dataset.ValidationQueue;
import io.waybill.core.dataset.ValidationResult;
import io.waybill.core.dataset.ValidationStatus;
import io.waybill.core.storage.ChecksumMode;
import io.waybill.core.upload.Upload;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

record MemoryValidationQueue(MemoryTransaction tx) implements ValidationQueue {

  static final Table<UUID, List<ValidationResult>> RESULTS = Table.of("dataset_validation_results");

  private static final Table<UUID, Claim> CLAIMS = Table.of("validation_claims");

  private static final Set<DatasetStatus> WAITING =
      Set.of(DatasetStatus.PROCESSING, DatasetStatus.READY, DatasetStatus.ARCHIVED);

  /** Whose turn it is; a date that is over is nobody's. */
  private record Claim(int attempt, Instant until) {
    static final Claim NONE = new Claim(0, Instant.MIN);
  }

  @Override
  public List<Due> claim(Instant now, Instant until, int limit) {
    List<Dataset> due =
        waiting()
            .filter(dataset -> tx.of(MemoryDatasets.DATASETS).isFree(dataset.datasetId()))
            .filter(dataset -> dataset.recoveryStatus() == RecoveryStatus.NORMAL)
            .filter(dataset -> !claim(dataset.datasetId()).until().isAfter(now))
            .sorted(Comparator.comparing(dataset -> claim(dataset.datasetId()).until()))
            .limit(limit)
            .toList();
    return due.stream().map(dataset -> claimed(dataset, until)).toList();
  }

  int waitingBefore(Instant since, int most) {
    return (int)
        waiting().filter(dataset -> dataset.updatedAt().isBefore(since)).limit(most).count();
  }

  private Stream<Dataset> waiting() {
    return tx.of(MemoryDatasets.DATASETS).values().stream().filter(MemoryValidationQueue::waits);
  }

  static boolean waits(Dataset dataset) {
    return WAITING.contains(dataset.status())
        && (dataset.validationStatus() == ValidationStatus.PENDING
            || dataset.validationStatus() == ValidationStatus.RUNNING);
  }

  private Claim claim(UUID datasetId) {
    Claim known = tx.of(CLAIMS).get(datasetId);
    return known == null ? Claim.NONE : known;
  }

  private Due claimed(Dataset dataset, Instant until) {
    UUID id = dataset.datasetId();
    Claim mine = new Claim(claim(id).attempt() + 1, until);
    tx.of(CLAIMS).put(id, mine);
    Dataset running =
        copy(dataset, dataset.standing().validated(ValidationStatus.RUNNING), dataset.preview());
    tx.of(MemoryDatasets.DATASETS).put(id, running);
    return new Due(running, mine.attempt(), checksumMode(running));
  }

  private ChecksumMode checksumMode(Dataset dataset) {
    return tx.of(MemorySessions.SESSIONS).values().stream()
        .map(row -> row.session().upload())
        .filter(upload -> upload.owner().datasetId().equals(dataset.datasetId()))
        .filter(upload -> upload.location().equals(dataset.location()))
        .max(Comparator.comparing(Upload::sessionId))
        .map(upload -> upload.protection().checksum())
        .orElse(ChecksumMode.NONE);
  }

  @Override
  public boolean keep(UUID datasetId, int attempt, Instant until) {
    boolean isMine = mine(datasetId, attempt).isPresent();
    if (isMine) {
      tx.of(CLAIMS).put(datasetId, new Claim(attempt, until));
    }
    return isMine;
  }

  private Optional<Dataset> mine(UUID datasetId, int attempt) {
    return tx.of(MemoryDatasets.DATASETS)
        .lock(datasetId)
        .filter(dataset -> waits(dataset) && claim(datasetId).attempt() == attempt);
  }

  @Override
  public boolean finish(UUID datasetId, int attempt, Findings findings) {
    Optional<Dataset> mine =
        mine(datasetId, attempt)
            .filter(dataset -> dataset.recoveryStatus() == RecoveryStatus.NORMAL);
    mine.ifPresent(dataset -> {
      tx.of(CLAIMS).put(datasetId, new Claim(attempt, Instant.MIN));
      tx.of(MemoryDatasets.DATASETS)
          .put(datasetId, copy(dataset, dataset.standing(), findings.preview()));
      List<ValidationResult> all = new ArrayList<>(findings.results().reversed());
      List<ValidationResult> before = tx.of(RESULTS).get(datasetId);
      all.addAll(before == null ? List.of() : before);
      tx.of(RESULTS).put(datasetId, List.copyOf(all));
    });
    return mine.isPresent();
  }

  @Override
  public Depth depth() {
    List<Instant> since = waiting().map(Dataset::updatedAt).sorted().toList();
    return new Depth(since.size(), since.isEmpty() ? null : since.getFirst());
  }

  /** Nothing that people have changed: the version stays. */
  private static Dataset copy(Dataset dataset, DatasetStanding standing, DatasetPreview preview) {
    return new Dataset(
        dataset.datasetId(),
        dataset.tenantId(),
        dataset.projectId(),
        dataset.profile(),
        standing,
        dataset.file(),
        dataset.location(),
        dataset.object(),
        dataset.sourceDeviceId(),
        dataset.sourceDeviceCode(),
        dataset.legalHold(),
        preview,
        dataset.version(),
        dataset.createdAt(),
        dataset.updatedAt());
  }
}
