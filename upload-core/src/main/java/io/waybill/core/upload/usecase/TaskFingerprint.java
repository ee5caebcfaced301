package io.waybill.core.upload.usecase;

import io.waybill.core.idempotency.Fingerprint;
import io.waybill.core.upload.NewTask;

/** What makes two creates the same request: everything but the wish for URLs. */
final class TaskFingerprint {

  private TaskFingerprint() {}

  static Fingerprint of(NewTask task) {
    Fingerprint print =
        Fingerprint.of(CreateUploadTask.REMEMBERED)
            .add(task.projectId())
            .add(task.taskName())
            .add(task.taskInitiator())
            .add(task.sourceDeviceId())
            .add(task.sourceDeviceCode())
            .add(task.storagePolicyId())
            .add(task.metadata())
            .add(task.objects().size());
    for (NewTask.File file : task.objects()) {
      print
          .add(file.datasetName())
          .add(file.objectName())
          .add(file.fileSizeBytes())
          .add(file.contentType())
          .add(file.partSizeBytes())
          .add(file.checksumSha256())
          .add(file.metadata());
      if (file.datasetId() != null) { // the fingerprints of all others stay as they were
        print.add("dataset_id").add(file.datasetId());
      }
    }
    return print;
  }
}
