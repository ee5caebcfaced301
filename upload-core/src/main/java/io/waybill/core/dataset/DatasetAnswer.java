package io.waybill.core.dataset;

import io.waybill.core.diagnosis.Diagnosis;
import io.waybill.core.storage.ObjectLocation;
import io.waybill.core.storage.StoredObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A dataset as it is answered, and remembered under an idempotency key.
 *
 * @param originalFilename null, as the two that follow, before the first upload
 * @param legalHold whether nobody may purge it
 * @param diagnosis why it stands still; null where it does not, and wherever more than one is read
 *     or something is changed
 */
public record DatasetAnswer(
    UUID datasetId,
    UUID projectId,
    String name,
    DatasetStatus status,
    @Nullable String originalFilename,
    @Nullable String contentType,
    @Nullable Long fileSizeBytes,
    @Nullable String checksumSha256,
    ValidationStatus validationStatus,
    RecoveryStatus recoveryStatus,
    PreviewStatus previewStatus,
    Map<String, Object> previewMetadata,
    boolean legalHold,
    @Nullable String bucket,
    @Nullable String objectKey,
    @Nullable String objectEtag,
    @Nullable Long objectSizeBytes,
    @Nullable String objectVersionId,
    @Nullable UUID sourceDeviceId,
    @Nullable String sourceDeviceCode,
    Map<String, String> labels,
    @Nullable String classification,
    List<UUID> tagIds,
    Map<String, Object> metadata,
    long version,
    Instant createdAt,
    Instant updatedAt,
    @Nullable Instant readyAt,
    @Nullable Instant archivedAt,
    @Nullable Instant deletedAt,
    @Nullable Diagnosis diagnosis) {
  public DatasetAnswer {
    previewMetadata = Map.copyOf(previewMetadata);
    labels = Map.copyOf(labels);
    tagIds = List.copyOf(tagIds);
    metadata = Map.copyOf(metadata);
  }

  /** Without a look at why it stands still. */
  public static DatasetAnswer of(Dataset dataset) {
    return of(dataset, null);
  }

  public static DatasetAnswer of(Dataset dataset, @Nullable Diagnosis diagnosis) {
    ObjectLocation location = dataset.location();
    StoredObject object = dataset.object();
    DatasetFile file = dataset.file();
    return new DatasetAnswer(
        dataset.datasetId(),
        dataset.projectId(),
        dataset.name(),
        dataset.status(),
        file.isKnown() ? file.originalFilename() : null,
        file.isKnown() ? file.contentType() : null,
        file.isKnown() ? Long.valueOf(file.sizeBytes()) : null,
        dataset.checksumSha256(),
        dataset.validationStatus(),
        dataset.recoveryStatus(),
        dataset.preview().status(),
        dataset.preview().metadata(),
        dataset.legalHold() != null,
        location == null ? null : location.bucket(),
        location == null ? null : location.key(),
        object == null ? null : object.etag(),
        object == null ? null : Long.valueOf(object.sizeBytes()),
        object == null ? null : object.versionId(),
        dataset.sourceDeviceId(),
        dataset.sourceDeviceCode(),
        dataset.profile().labels(),
        dataset.profile().classification(),
        dataset.profile().tagIds(),
        dataset.metadata(),
        dataset.version(),
        dataset.createdAt(),
        dataset.updatedAt(),
        dataset.readyAt(),
        dataset.standing().archivedAt(),
        dataset.standing().deletedAt(),
        diagnosis);
  }
}
