package io.waybill.core.dataset;

import io.waybill.core.storage.ObjectLocation;
import io.waybill.core.storage.StoredObject;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One data asset.
 *
 * @param checksumSha256 lower-case hex, as the client reported it
 * @param location where its object is or will be; null before the first upload
 * @param object the finished object; null until an upload completes
 */
public record Dataset(
    UUID datasetId,
    UUID tenantId,
    UUID projectId,
    String name,
    DatasetStatus status,
    String originalFilename,
    String contentType,
    long fileSizeBytes,
    @Nullable String checksumSha256,
    ValidationStatus validationStatus,
    RecoveryStatus recoveryStatus,
    @Nullable ObjectLocation location,
    @Nullable StoredObject object,
    @Nullable UUID sourceDeviceId,
    @Nullable String sourceDeviceCode,
    Map<String, Object> metadata,
    long version,
    Instant createdAt,
    Instant updatedAt,
    @Nullable Instant readyAt) {

  public Dataset {
    metadata = Map.copyOf(metadata);
  }

  /** The same with the checksum that a client has reported. */
  public Dataset withChecksum(String sha256) {
    return new Dataset(
        datasetId,
        tenantId,
        projectId,
        name,
        status,
        originalFilename,
        contentType,
        fileSizeBytes,
        sha256,
        validationStatus,
        recoveryStatus,
        location,
        object,
        sourceDeviceId,
        sourceDeviceCode,
        metadata,
        version,
        createdAt,
        updatedAt,
        readyAt);
  }
}
