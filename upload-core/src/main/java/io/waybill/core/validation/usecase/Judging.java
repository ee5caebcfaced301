package io.waybill.core.validation.usecase;

import io.waybill.core.access.Origin;
import io.waybill.core.dataset.Dataset;
import io.waybill.core.dataset.DatasetEvent;
import io.waybill.core.dataset.DatasetNews;
import io.waybill.core.dataset.DatasetPreview;
import io.waybill.core.dataset.DatasetStanding;
import io.waybill.core.dataset.DatasetStatus;
import io.waybill.core.dataset.DatasetStores;
import io.waybill.core.dataset.PreviewStatus;
import io.waybill.core.dataset.ValidationQueue.Due;
import io.waybill.core.dataset.ValidationQueue.Findings;
import io.waybill.core.dataset.ValidationResult;
import io.waybill.core.dataset.ValidationStatus;
import io.waybill.core.dataset.VerifiedChecksums.Verified;
import io.waybill.core.event.Facts;
import io.waybill.core.event.Journal;
import io.waybill.core.validation.usecase.Inspection.Report;
import io.waybill.core.work.Ports;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/** Writes what was found, and what becomes of the dataset by it, in one transaction. */
final class Judging {

  private static final int MOST_ERRORS = 20;

  private final Ports<? extends DatasetStores> ports;
  private final Journal journal;

  Judging(Ports<? extends DatasetStores> ports) {
    this.ports = ports;
    this.journal = new Journal(ports.ids());
  }

  /** A claim that was lost writes nothing: somebody else has looked, or is looking. */
  void settle(Due due, Report report) {
    UUID id = due.dataset().datasetId();
    Instant now = ports.now();
    ports
        .work()
        .commit(tx -> {
          boolean isMine =
              tx.validationQueue()
                  .finish(id, due.attempt(), new Findings(report.results(), preview(due, report)));
          if (isMine) {
            write(tx, locked(tx, due.dataset()), report, now);
          }
          return isMine;
        });
  }

  private static Dataset locked(DatasetStores tx, Dataset dataset) {
    UUID id = dataset.datasetId();
    return Objects.requireNonNull(
        tx.datasetChanges().lock(dataset.tenantId(), dataset.projectId(), Set.of(id)).get(id));
  }

  private void write(DatasetStores tx, Dataset known, Report report, Instant now) {
    Dataset after = judged(known, report, now);
    tx.datasetChanges().update(after);
    if (report.sha256() != null) {
      tx.datasets().reportChecksum(after.tenantId(), after.datasetId(), report.sha256());
      tx.verifiedChecksums().keep(verified(after, report.sha256(), now));
    }
    if (after.status() != known.status()) {
      tx.events().append(facts(known, after, report));
    }
  }

  private static Dataset judged(Dataset known, Report report, Instant now) {
    if (!report.isFaulty()) {
      DatasetStanding passed = known.standing().validated(ValidationStatus.PASSED);
      boolean isInUse = known.status() != DatasetStatus.PROCESSING;
      return known.with(isInUse ? passed : passed.in(DatasetStatus.READY, now), now);
    }
    DatasetStatus status =
        report.isOfOtherBytes() ? DatasetStatus.REJECTED : DatasetStatus.QUARANTINED;
    return known.with(known.standing().in(status, null).validated(ValidationStatus.FAILED), now);
  }

  private static Verified verified(Dataset dataset, String sha256, Instant at) {
    return new Verified(
        dataset.tenantId(),
        dataset.projectId(),
        dataset.datasetId(),
        sha256,
        Objects.requireNonNull(dataset.object()),
        at);
  }

  private Facts facts(Dataset before, Dataset after, Report report) {
    DatasetEvent event =
        switch (after.status()) {
          case READY -> DatasetEvent.READY;
          case REJECTED -> DatasetEvent.REJECTED;
          case QUARANTINED -> DatasetEvent.QUARANTINED;
          case CREATED, UPLOAD_PENDING, UPLOADING, PAUSED, PROCESSING, ARCHIVED, DELETED, PURGED ->
              throw new IllegalStateException("no judgement: " + after.status());
        };
    Instant at = after.updatedAt();
    Map<String, Object> details = new TreeMap<>();
    details.put("before", Map.of("status", before.status().name()));
    details.put("after", Map.of("status", after.status().name()));
    details.put("errors", errors(report));
    return Facts.of(journal.audit(event, after.resource(), Origin.WORKER, at, details))
        .and(
            Facts.of(
                journal.outbox(
                    event, after.resource(), after.version(), at, DatasetNews.of(after))));
  }

  private static List<String> errors(Report report) {
    return report.results().stream()
        .flatMap(result -> result.errors().stream().map(error -> result.validator() + ": " + error))
        .limit(MOST_ERRORS)
        .toList();
  }

  /** What the first reader has read out of it that had something to say. */
  private static DatasetPreview preview(Due due, Report report) {
    if (due.isInUse()) {
      return due.dataset().preview();
    }
    return report.results().stream()
        .filter(result -> !result.validator().equals(Inspection.STORED_OBJECT))
        .map(ValidationResult::extracted)
        .filter(extracted -> !extracted.isEmpty())
        .findFirst()
        .map(extracted -> new DatasetPreview(PreviewStatus.READY, extracted))
        .orElse(DatasetPreview.NONE);
  }
}
