package io.waybill.core.dataset;

import io.waybill.core.storage.ObjectLocation;
import io.waybill.core.storage.StoredObject;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A dataset as reads show it. */
public record DatasetAnswer(
    UUID datasetId,
    UUID projectId,
    String name,
    DatasetStatus status,
    String originalFilename,
    String contentType,
    long fileSizeBytes,
    @Nullable String checksumSha256,
    ValidationStatus validationStatus,
    RecoveryStatus recoveryStatus,
    @Nullable String bucket,
    @Nullable String objectKey,
    @Nullable String objectEtag,
    @Nullable Long objectSizeBytes,
    @Nullable String objectVersionId,
    @Nullable UUID sourceDeviceId,
    @Nullable String sourceDeviceCode,
    Map<String, Object> metadata,
    long version,
    Instant createdAt,
    Instant updatedAt,
    @Nullable Instant readyAt) {

  public DatasetAnswer {
    metadata = Map.copyOf(metadata);
  }

  public static DatasetAnswer of(Dataset dataset) {
    ObjectLocation location = dataset.location();
    StoredObject object = dataset.object();
    return new DatasetAnswer(
        dataset.datasetId(),
        dataset.projectId(),
        dataset.name(),
        dataset.status(),
        dataset.originalFilename(),
        dataset.contentType(),
        dataset.fileSizeBytes(),
        dataset.checksumSha256(),
        dataset.validationStatus(),
        dataset.recoveryStatus(),
        location == null ? null : location.bucket(),
        location == null ? null : location.key(),
        object == null ? null : object.etag(),
        object == null ? null : Long.valueOf(object.sizeBytes()),
        object == null ? null : object.versionId(),
        dataset.sourceDeviceId(),
        dataset.sourceDeviceCode(),
        dataset.metadata(),
        dataset.version(),
        dataset.createdAt(),
        dataset.updatedAt(),
        dataset.readyAt());
  }
}
