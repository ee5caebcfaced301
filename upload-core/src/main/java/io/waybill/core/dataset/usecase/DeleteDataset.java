package io.waybill.core.dataset.usecase;

import io.waybill.core.ErrorCode;
import io.waybill.core.Refusal;
import io.waybill.core.Verdict;
import io.waybill.core.access.Caller;
import io.waybill.core.access.Permission;
import io.waybill.core.dataset.Dataset;
import io.waybill.core.dataset.DatasetEvent;
import io.waybill.core.dataset.DatasetStore;
import io.waybill.core.dataset.DatasetStores;
import io.waybill.core.dataset.RecoveryStatus;
import io.waybill.core.idempotency.Fingerprint;
import io.waybill.core.idempotency.Once;
import io.waybill.core.idempotency.Remembered;
import io.waybill.core.idempotency.RequestKey;
import io.waybill.core.work.Ports;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/** Puts a dataset into the recycle bin, where its object stays. */
public final class DeleteDataset {

  public static final Remembered<Deleted> REMEMBERED =
      new Remembered<>("DELETE_DATASET", Deleted.class);

  private final Ports<? extends DatasetStores> ports;
  private final DatasetCommand command;

  DeleteDataset(Ports<? extends DatasetStores> ports) {
    this.ports = ports;
    this.command = new DatasetCommand(ports);
  }

  /** It shows no more. */
  public record Deleted(UUID datasetId) {}

  /** The key comes before the dataset, which the repeated call does not find any more. */
  public Verdict<Deleted> handle(
      Caller caller, RequestKey requestKey, UUID projectId, UUID datasetId) {
    Instant now = ports.now();
    Once<DatasetStores, Deleted> once =
        Once.of(
            REMEMBERED,
            caller,
            requestKey,
            Fingerprint.of(REMEMBERED).add(projectId).add(datasetId));
    DatasetCommand.Target target =
        new DatasetCommand.Target(
            caller, projectId, datasetId, Permission.DATASET_DELETE, DatasetEvent.DELETED);
    return ports
        .work()
        .write(tx ->
            once.within(
                tx,
                now,
                before -> DatasetCommand.stillMay(target, now).map(ok -> before),
                () ->
                    DatasetCommand.pass(tx, target, now)
                        .then(known -> delete(tx, known, now))
                        .then(known -> command.write(tx, target, known, known.deleted(now)))
                        .map(after -> new Deleted(after.datasetId()))));
  }

  private static Verdict<Dataset> delete(DatasetStores tx, Dataset known, Instant now) {
    return switch (known.status()) {
      case CREATED, UPLOAD_PENDING, READY, ARCHIVED, REJECTED, QUARANTINED ->
          atRest(tx, known, now);
      // what would be READY but for an object that was not found waits for nobody else
      case PROCESSING ->
          known.recoveryStatus() == RecoveryStatus.RECOVERY_MISSING_OBJECT
              ? atRest(tx, known, now)
              : DatasetCommand.illegal("delete", known);
      case UPLOADING, PAUSED, DELETED, PURGED -> DatasetCommand.illegal("delete", known);
    };
  }

  /** What an open upload brings would be found by nobody. */
  private static Verdict<Dataset> atRest(DatasetStores tx, Dataset known, Instant now) {
    DatasetStore.UploadTarget target =
        tx.datasets()
            .lockForUpload(known.tenantId(), known.projectId(), Set.of(known.datasetId()), now)
            .get(known.datasetId());
    return target == null || !target.isUploading()
        ? Verdict.ok(known)
        : Verdict.refused(
            Refusal.of(
                    ErrorCode.DATASET_UPLOAD_IN_PROGRESS,
                    "an upload to the dataset is open; complete or abort it first")
                .with("dataset_id", known.datasetId().toString()));
  }
}
