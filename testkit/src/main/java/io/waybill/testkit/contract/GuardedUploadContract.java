package io.waybill.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.storage.ChecksumMode;
import io.waybill.core.storage.EncryptionMode;
import io.waybill.core.storage.ObjectLockMode;
import io.waybill.core.storage.Protection;
import io.waybill.core.storage.StoredObject;
import io.waybill.core.upload.Session;
import io.waybill.core.upload.TaskStore.NewTask;
import io.waybill.core.upload.Upload;
import io.waybill.core.upload.UploadEvent;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What guards an upload's bytes stays as it was when the upload was made. */
public abstract class GuardedUploadContract extends PortContract {
  private static final Protection GUARDED =
      new Protection(
          ChecksumMode.STORAGE_NATIVE_CRC64NVME,
          EncryptionMode.SSE_KMS,
          "line-3",
          ObjectLockMode.COMPLIANCE,
          30,
          true);

  @Test
  void guards_and_sums_are_read_back() {
    Session.Initiating first =
        created(guarded(Uploads.task(world, 1, T0), GUARDED)).sessions().getFirst();
    Upload upload = first.upload();
    assertThat(upload.lockedUntil()).isEqualTo(T0.plusSeconds(30 * 86_400));
    assertThat(found(upload).upload()).isEqualTo(upload);

    Session.Initiated initiated =
        moved(first, first.initiated("upload-1", at(1)), UploadEvent.INITIATED);
    Session.Completing completing =
        moved(initiated, initiated.complete(at(34), at(4)), UploadEvent.COMPLETE_REQUESTED);
    StoredObject object =
        new StoredObject(Uploads.FILE_BYTES, "\"e\"", "v1", Map.of("crc64nvme", "QIGL9PkSsaE="));
    Session.Completed completed =
        moved(
            completing, completing.confirm(object, "ef".repeat(32), at(5)), UploadEvent.COMPLETED);

    assertThat(found(upload)).isEqualTo(completed);
  }

  private Session found(Upload upload) {
    return read(tx -> tx.sessions().find(upload.owner().tenantId(), upload.sessionId()))
        .orElseThrow();
  }

  /** The same task, its one file under these guards. */
  static NewTask guarded(NewTask plain, Protection guards) {
    Session.Initiating bare = plain.sessions().getFirst();
    return new NewTask(
        plain.task(),
        List.of(new Session.Initiating(guarded(bare.upload(), guards), bare.redriveAt())),
        plain.existing(),
        plain.storagePolicyId(),
        plain.validationRequired(),
        plain.facts());
  }

  private static Upload guarded(Upload plain, Protection guards) {
    return new Upload(
        plain.sessionId(),
        plain.owner(),
        plain.location(),
        plain.plan(),
        plain.originalFilename(),
        plain.contentType(),
        plain.createdAt(),
        plain.updatedAt(),
        plain.expiresAt(),
        plain.attempt(),
        plain.version(),
        plain.missingSince(),
        guards,
        "ab".repeat(32),
        plain.twin());
  }
}
