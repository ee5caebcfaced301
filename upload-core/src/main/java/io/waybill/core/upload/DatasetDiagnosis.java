package io.waybill.core.upload;

import io.waybill.core.dataset.Dataset;
import io.waybill.core.dataset.DatasetStatus;
import io.waybill.core.dataset.RecoveryStatus;
import io.waybill.core.diagnosis.Cause;
import io.waybill.core.diagnosis.Diagnosis;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Why a dataset is not what somebody waits for: its upload says so, or it does itself. */
public final class DatasetDiagnosis {

  private DatasetDiagnosis() {}

  /** Whether it depends on an upload. */
  public static boolean needsUpload(DatasetStatus status) {
    return switch (status) {
      case UPLOAD_PENDING, UPLOADING, PAUSED, PROCESSING -> true;
      case CREATED, READY, QUARANTINED, REJECTED, ARCHIVED, DELETED, PURGED -> false;
    };
  }

  /**
   * Null while all goes its way.
   *
   * @param upload its newest; empty where it {@linkplain #needsUpload depends on none}
   * @param ofUpload why that one stands still
   */
  public static @Nullable Diagnosis of(
      Dataset dataset, Optional<Session> upload, @Nullable Diagnosis ofUpload) {
    if (ofUpload != null) {
      return ofUpload;
    }
    return switch (dataset.status()) {
      case CREATED -> noUpload(dataset);
      case UPLOAD_PENDING, UPLOADING, PAUSED ->
          upload.filter(session -> !(session instanceof Session.Aborted)).isPresent()
              ? null
              : noUpload(dataset);
      case PROCESSING ->
          dataset.recoveryStatus() != RecoveryStatus.NORMAL
              ? recovery(dataset)
              : upload.filter(Session.Completed.class::isInstance).isPresent()
                  ? validationPending(dataset)
                  : null;
      case REJECTED, QUARANTINED -> validationFailed(dataset);
      case READY, ARCHIVED -> recovery(dataset);
      case DELETED, PURGED -> null;
    };
  }

  private static Diagnosis noUpload(Dataset dataset) {
    return new Diagnosis(
        Cause.NO_UPLOAD,
        dataset.updatedAt(),
        "no upload fills it",
        "create an upload task whose object names this dataset_id");
  }

  private static Diagnosis validationPending(Dataset dataset) {
    return new Diagnosis(
        Cause.VALIDATION_PENDING,
        dataset.updatedAt(),
        "its bytes are there, and its validation is " + dataset.validationStatus(),
        "nothing: it is READY once it has passed");
  }

  private static Diagnosis validationFailed(Dataset dataset) {
    return new Diagnosis(
        Cause.VALIDATION_FAILED,
        dataset.updatedAt(),
        "it is %s, its validation %s".formatted(dataset.status(), dataset.validationStatus()),
        dataset.status() == DatasetStatus.QUARANTINED
            ? "see its validation; release it from quarantine, or have it validated again"
            : "see its validation; upload it again into this dataset_id");
  }

  private static @Nullable Diagnosis recovery(Dataset dataset) {
    return dataset.recoveryStatus() == RecoveryStatus.NORMAL
        ? null
        : new Diagnosis(
            Cause.RECOVERY,
            dataset.updatedAt(),
            "after a restore its recovery is " + dataset.recoveryStatus(),
            "an operator looks for its object in storage's backup");
  }
}
