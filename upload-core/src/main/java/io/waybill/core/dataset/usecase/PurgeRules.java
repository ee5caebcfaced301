package io.waybill.core.dataset.usecase;

import io.waybill.core.ErrorCode;
import io.waybill.core.Refusal;
import io.waybill.core.Verdict;
import io.waybill.core.dataset.Dataset;
import io.waybill.core.dataset.PurgeStanding;
import io.waybill.core.storage.LockBypass;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Whether a dataset in the recycle bin may be purged: all that keeps it must agree. */
final class PurgeRules {

  static final String LEGAL_HOLD = "legal_hold";
  static final String RETENTION = "retention";
  static final String OBJECT_LOCK = "object_lock";

  private PurgeRules() {}

  static Verdict<Dataset> check(
      Dataset known, PurgeStanding standing, Instant now, LockBypass bypass) {
    return switch (known.status()) {
      case DELETED ->
          standing.isUploading() ? uploading(known) : kept(known, standing, now, bypass);
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

  private static Verdict<Dataset> kept(
      Dataset known, PurgeStanding standing, Instant now, LockBypass bypass) {
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
    lockedUntil(standing, bypass)
        .filter(now::isBefore)
        .ifPresent(until -> {
          kept.add(OBJECT_LOCK);
          more.put("locked_until", until.toString());
        });
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

  /** Locks in GOVERNANCE mode keep nothing from who may bypass them. */
  private static Optional<Instant> lockedUntil(PurgeStanding standing, LockBypass bypass) {
    return Stream.of(
            Optional.ofNullable(standing.lockedUntil()),
            Optional.ofNullable(standing.governedUntil())
                .filter(until -> bypass == LockBypass.NONE))
        .flatMap(Optional::stream)
        .max(Comparator.naturalOrder());
  }

  /** Retention is counted from the day on which it was thrown away. */
  private static Optional<Instant> retainedUntil(Dataset known, PurgeStanding standing) {
    return Optional.ofNullable(standing.retentionDays())
        .map(days ->
            Objects.requireNonNullElse(known.standing().deletedAt(), known.updatedAt())
                .plus(Duration.ofDays(days)));
  }
}
