package io.waybill.core.dataset.usecase;

import io.waybill.core.ErrorCode;
import io.waybill.core.Refusal;
import io.waybill.core.Verdict;
import io.waybill.core.access.Caller;
import io.waybill.core.access.Permission;
import io.waybill.core.dataset.Dataset;
import io.waybill.core.dataset.DatasetAnswer;
import io.waybill.core.dataset.DatasetEvent;
import io.waybill.core.dataset.DatasetStatus;
import io.waybill.core.dataset.DatasetStores;
import io.waybill.core.dataset.LegalHold;
import io.waybill.core.dataset.PurgeStanding;
import io.waybill.core.dataset.RecoveryStatus;
import io.waybill.core.idempotency.Fingerprint;
import io.waybill.core.idempotency.Once;
import io.waybill.core.idempotency.Remembered;
import io.waybill.core.idempotency.RequestKey;
import io.waybill.core.work.Ports;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Puts a dataset aside and brings it back, holds it, and says what is thought of its bytes. */
public final class MoveDataset {
  public static final Remembered<DatasetAnswer> REMEMBERED =
      new Remembered<>("MOVE_DATASET", DatasetAnswer.class);

  private final DatasetCommand command;

  MoveDataset(Ports<? extends DatasetStores> ports) {
    this.command = new DatasetCommand(ports);
  }

  /** What can be asked of it. */
  public enum Move {
    /** READY data is put aside: nobody downloads it until it is restored. */
    ARCHIVE(Permission.DATASET_ARCHIVE, DatasetEvent.ARCHIVED),
    /** It comes back, out of the recycle bin or of the archive. */
    RESTORE(Permission.DATASET_RESTORE, DatasetEvent.RESTORED),
    /** Nobody purges it, whatever retention says, until the hold is released. */
    HOLD(Permission.DATASET_LEGAL_HOLD, DatasetEvent.LEGAL_HOLD_SET),
    /** It is held no more. */
    RELEASE_HOLD(Permission.DATASET_LEGAL_HOLD, DatasetEvent.LEGAL_HOLD_RELEASED),
    /** A QUARANTINED one is READY, because somebody who has looked at it says so. */
    RELEASE_QUARANTINE(Permission.DATASET_QUARANTINE_RELEASE, DatasetEvent.RELEASED),
    /** Validators look again at what they did not pass. */
    RETRY_VALIDATION(Permission.DATASET_VALIDATE, DatasetEvent.VALIDATION_RETRIED);

    private final Permission need;
    private final DatasetEvent event;

    Move(Permission need, DatasetEvent event) {
      this.need = need;
      this.event = event;
    }

    public Permission need() {
      return need;
    }
  }

  /**
   * Which dataset of which project, and what becomes of it.
   *
   * @param reason that must say something; null where none is asked for
   */
  public record Request(Move move, UUID projectId, UUID datasetId, @Nullable String reason) {}

  public Verdict<DatasetAnswer> handle(Caller caller, RequestKey requestKey, Request request) {
    String reason = request.reason() == null ? "" : request.reason();
    DatasetCommand.Target target =
        new DatasetCommand.Target(
            caller,
            request.projectId(),
            request.datasetId(),
            request.move().need(),
            request.move().event,
            reason);
    Fingerprint said =
        Fingerprint.of(REMEMBERED)
            .add(request.move())
            .add(request.projectId())
            .add(request.datasetId())
            .add(request.reason());
    Once<DatasetStores, DatasetAnswer> once = Once.of(REMEMBERED, caller, requestKey, said);
    return (request.reason() == null ? Verdict.ok(reason) : DatasetReason.check(reason))
        .then(why ->
            command.change(
                target,
                once,
                (tx, known, now) ->
                    undoomed(tx, known)
                        .then(free -> after(request.move(), free, why, now))
                        .map(after -> told(tx, known, after, now))));
  }

  /** Where the hold is another, storage is to be told, by a worker. */
  private static Dataset told(DatasetStores tx, Dataset known, Dataset after, Instant now) {
    if (!Objects.equals(known.legalHold(), after.legalHold())) {
      tx.datasetChanges().holds().request(after.tenantId(), after.datasetId(), now);
    }
    return after;
  }

  /** Nobody saves what is being purged. */
  private static Verdict<Dataset> undoomed(DatasetStores tx, Dataset known) {
    boolean isDoomed =
        known.status() == DatasetStatus.DELETED
            && tx.datasetPurges()
                .find(known.tenantId(), known.datasetId())
                .map(PurgeStanding::isRequested)
                .orElse(false);
    return isDoomed
        ? Verdict.refused(
            Refusal.of(ErrorCode.DATASET_INVALID_STATE, "the dataset is being purged")
                .with("dataset_id", known.datasetId().toString())
                .with("current_status", known.status().name()))
        : Verdict.ok(known);
  }

  /** What it is then; the same dataset where it is that already. */
  private static Verdict<Dataset> after(Move move, Dataset known, String reason, Instant now) {
    return switch (move) {
      case ARCHIVE -> archived(known, now);
      case RESTORE -> restored(known, now);
      // one that is held already stays held for the reason that was given first
      case HOLD ->
          Verdict.ok(
              known.legalHold() != null ? known : known.held(new LegalHold(reason, now), now));
      case RELEASE_HOLD -> Verdict.ok(known.legalHold() == null ? known : known.held(null, now));
      case RELEASE_QUARANTINE -> released(known, now);
      case RETRY_VALIDATION -> revalidated(known, now);
    };
  }

  private static Verdict<Dataset> archived(Dataset known, Instant now) {
    return switch (known.status()) {
      case ARCHIVED -> Verdict.ok(known);
      case READY -> Verdict.ok(known.archived(now));
      case CREATED,
          UPLOAD_PENDING,
          UPLOADING,
          PAUSED,
          PROCESSING,
          QUARANTINED,
          REJECTED,
          DELETED,
          PURGED ->
          DatasetCommand.illegal("archive", known);
    };
  }

  private static Verdict<Dataset> restored(Dataset known, Instant now) {
    return switch (known.status()) {
      case DELETED -> Verdict.ok(known.undeleted(now));
      case ARCHIVED -> Verdict.ok(known.unarchived(now));
      case CREATED, UPLOAD_PENDING, UPLOADING, PAUSED, PROCESSING, READY, QUARANTINED, REJECTED ->
          Verdict.ok(known);
      case PURGED -> DatasetCommand.illegal("restore", known);
    };
  }

  private static Verdict<Dataset> released(Dataset known, Instant now) {
    return switch (known.status()) {
      case QUARANTINED ->
          known.object() != null && known.recoveryStatus() == RecoveryStatus.NORMAL
              ? Verdict.ok(known.released(now))
              : DatasetCommand.illegal("release", known);
      case CREATED,
          UPLOAD_PENDING,
          UPLOADING,
          PAUSED,
          PROCESSING,
          READY,
          REJECTED,
          ARCHIVED,
          DELETED,
          PURGED ->
          DatasetCommand.illegal("release", known);
    };
  }

  /** One that waits for them already goes on waiting. */
  private static Verdict<Dataset> revalidated(Dataset known, Instant now) {
    return switch (known.status()) {
      case PROCESSING ->
          switch (known.validationStatus()) {
            case PENDING, RUNNING -> Verdict.ok(known);
            case FAILED, SKIPPED -> Verdict.ok(known.revalidated(now));
            case NOT_REQUIRED, PASSED -> unjudged(known);
          };
      case QUARANTINED, REJECTED ->
          known.object() == null ? unjudged(known) : Verdict.ok(known.revalidated(now));
      case CREATED, UPLOAD_PENDING, UPLOADING, PAUSED, READY, ARCHIVED, DELETED, PURGED ->
          unjudged(known);
    };
  }

  private static Verdict<Dataset> unjudged(Dataset known) {
    return DatasetCommand.illegal("validate again", known);
  }
}
