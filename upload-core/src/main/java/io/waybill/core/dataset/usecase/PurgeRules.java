package io.waybill.core.dataset.usecase;

import io.waybill.core.ErrorCode;
import io.waybill.core.Refusal;
import io.waybill.core.Verdict;
import io.waybill.core.dataset.Dataset;
import io.waybill.core.dataset.PurgeStanding;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** Whether a dataset in the recycle bin may be purged: all that keeps it must agree. */
final class PurgeRules {

  static final String LEGAL_HOLD = "legal_hold";
  static final String RETENTION = "retention";
  static final String OBJECT_LOCK = "object_lock";

  private PurgeRules() {}

  static Verdict<Dataset> check(Dataset known, PurgeStanding standing, Instant now) {
    return switch (known.status()) {
      case DELETED -> standing.isUploading() ? uploading(known) : kept(known, standing, now);
      case CREATED,
          UPLOAD_PENDING,
          UPLOADING,
          PAUSED,
          PROCESSING,
          READY,
          QUARANTINED,
          REJECTED,
          ARCHIVED,
          PURGED ->
          DatasetCommand.illegal("purge", known);
    };
  }

  /** What it brings after the purge would be found by nobody. */
  private static Verdict<Dataset> uploading(Dataset known) {
    return Verdict.refused(
        Refusal.of(
                ErrorCode.DATASET_UPLOAD_IN_PROGRESS,
                "an upload of the dataset has not ended yet; abort it, or wait for its end")
            .with("dataset_id", known.datasetId().toString()));
  }

  private static Verdict<Dataset> kept(Dataset known, PurgeStanding standing, Instant now) {
    List<String> kept = new ArrayList<>();
    Map<String, Object> more = new TreeMap<>();
    if (known.legalHold() != null) {
      kept.add(LEGAL_HOLD);
    }
    retainedUntil(known, standing)
        .filter(now::isBefore)
        .ifPresent(until -> {
          kept.add(RETENTION);
          more.put("retained_until", until.toString());
        });
    Instant lockedUntil = standing.lockedUntil();
    if (lockedUntil != null && now.isBefore(lockedUntil)) {
      kept.add(OBJECT_LOCK);
      more.put("locked_until", lockedUntil.toString());
    }
    if (kept.isEmpty()) {
      return Verdict.ok(known);
    }
    Refusal denied =
        Refusal.of(
                ErrorCode.DATASET_PURGE_DENIED,
                "the dataset is kept: " + String.join(", ", kept).replace('_', ' '))
            .with("dataset_id", known.datasetId().toString())
            .with("kept_by", List.copyOf(kept));
    for (Map.Entry<String, Object> one : more.entrySet()) {
      denied = denied.with(one.getKey(), one.getValue());
    }
    return Verdict.refused(denied);
  }

  /** Retention is counted from the day on which it was thrown away. */
  private static Optional<Instant> retainedUntil(Dataset known, PurgeStanding standing) {
    return Optional.ofNullable(standing.retentionDays())
        .map(days ->
            Objects.requireNonNullElse(known.standing().deletedAt(), known.updatedAt())
                .plus(Duration.ofDays(days)));
  }
}
