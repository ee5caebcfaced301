package io.waybill.core.dataset;

import io.waybill.core.access.Resource;
import io.waybill.core.storage.ObjectLocation;
import io.waybill.core.storage.StoredObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One data asset.
 *
 * @param location where its object is or will be; null before the first upload
 * @param object the finished object; null until an upload completes
 */
public record Dataset(
    UUID datasetId,
    UUID tenantId,
    UUID projectId,
    DatasetProfile profile,
    DatasetStanding standing,
    DatasetFile file,
    @Nullable ObjectLocation location,
    @Nullable StoredObject object,
    @Nullable UUID sourceDeviceId,
    @Nullable String sourceDeviceCode,
    @Nullable LegalHold legalHold,
    DatasetPreview preview,
    long version,
    Instant createdAt,
    Instant updatedAt) {

  public String name() {
    return profile.name();
  }

  public Map<String, Object> metadata() {
    return profile.metadata();
  }

  public DatasetStatus status() {
    return standing.status();
  }

  public ValidationStatus validationStatus() {
    return standing.validationStatus();
  }

  public RecoveryStatus recoveryStatus() {
    return standing.recoveryStatus();
  }

  public @Nullable Instant readyAt() {
    return standing.readyAt();
  }

  public String originalFilename() {
    return file.originalFilename();
  }

  public String contentType() {
    return file.contentType();
  }

  public long fileSizeBytes() {
    return file.sizeBytes();
  }

  public @Nullable String checksumSha256() {
    return file.checksumSha256();
  }

  /** What a caller must be let through to. */
  public Resource resource() {
    return Resource.dataset(tenantId, projectId, datasetId);
  }

  /** The same with the checksum that a client has reported. */
  public Dataset withChecksum(String sha256) {
    return with(standing, file.withChecksum(sha256), location, object, version, updatedAt);
  }

  /** The same with what its people have written since. */
  public Dataset with(DatasetProfile newProfile, Instant at) {
    return new Dataset(
        datasetId,
        tenantId,
        projectId,
        newProfile,
        standing,
        file,
        location,
        object,
        sourceDeviceId,
        sourceDeviceCode,
        legalHold,
        preview,
        version + 1,
        createdAt,
        at);
  }

  /** The same, standing elsewhere. */
  public Dataset with(DatasetStanding newStanding, Instant at) {
    return with(newStanding, file, location, object, version + 1, at);
  }

  /** The same, where its upload has taken it. */
  public Dataset moved(DatasetStanding newStanding, @Nullable StoredObject newObject, Instant at) {
    return with(newStanding, file, location, newObject, version + 1, at);
  }

  /** The same, waiting for the bytes of another session. */
  public Dataset restarted(
      DatasetStanding newStanding, DatasetFile newFile, ObjectLocation newLocation, Instant at) {
    return with(newStanding, newFile, newLocation, null, version + 1, at);
  }

  private Dataset with(
      DatasetStanding newStanding,
      DatasetFile newFile,
      @Nullable ObjectLocation newLocation,
      @Nullable StoredObject newObject,
      long newVersion,
      Instant at) {
    return new Dataset(
        datasetId,
        tenantId,
        projectId,
        profile,
        newStanding,
        newFile,
        newLocation,
        newObject,
        sourceDeviceId,
        sourceDeviceCode,
        legalHold,
        preview,
        newVersion,
        createdAt,
        at);
  }

  /** The same, from another device. */
  public Dataset from(@Nullable UUID deviceId, @Nullable String deviceCode) {
    return of(deviceId, deviceCode, legalHold, version, updatedAt);
  }

  /** The same, held by this; null lets go of it. */
  public Dataset held(@Nullable LegalHold by, Instant at) {
    return of(sourceDeviceId, sourceDeviceCode, by, version + 1, at);
  }

  /** The same, held by this, too, if by nothing else, by the same change. */
  public Dataset alsoHeld(@Nullable LegalHold by) {
    LegalHold hold = legalHold == null ? by : legalHold;
    return of(sourceDeviceId, sourceDeviceCode, hold, version, updatedAt);
  }

  private Dataset of(
      @Nullable UUID deviceId,
      @Nullable String deviceCode,
      @Nullable LegalHold hold,
      long newVersion,
      Instant at) {
    return new Dataset(
        datasetId,
        tenantId,
        projectId,
        profile,
        standing,
        file,
        location,
        object,
        deviceId,
        deviceCode,
        hold,
        preview,
        newVersion,
        createdAt,
        at);
  }

  /** QUARANTINED → READY. */
  public Dataset released(Instant at) {
    return with(standing.released(at), at);
  }

  /** Back to PROCESSING: validators look again. */
  public Dataset revalidated(Instant at) {
    return with(
        standing.in(DatasetStatus.PROCESSING, null).validated(ValidationStatus.PENDING), at);
  }

  /** READY → ARCHIVED. */
  public Dataset archived(Instant at) {
    return with(standing.archived(at), at);
  }

  /** ARCHIVED → READY. */
  public Dataset unarchived(Instant at) {
    return with(standing.unarchived(), at);
  }

  /** Into the recycle bin. */
  public Dataset deleted(Instant at) {
    return with(standing.deleted(at), at);
  }

  /** Out of the recycle bin: what it was before. */
  public Dataset undeleted(Instant at) {
    DatasetStatus before = standing.deletedFrom();
    return with(standing.undeleted(before == null ? DatasetStatus.CREATED : before), at);
  }

  /** DELETED → PURGED: a name, and when what became of it. */
  public Dataset purged(Instant at) {
    return new Dataset(
        datasetId,
        tenantId,
        projectId,
        DatasetProfile.of(profile.name(), Map.of()),
        standing.purged(),
        file.withChecksum(null),
        null,
        null,
        sourceDeviceId,
        sourceDeviceCode,
        null,
        DatasetPreview.NONE,
        version + 1,
        createdAt,
        at);
  }

  /** The same when one of its tags is gone: nobody has changed it. */
  public Dataset without(UUID tagId) {
    List<UUID> left = profile.tagIds().stream().filter(id -> !id.equals(tagId)).toList();
    Dataset next = with(profile.tagged(left), updatedAt);
    return next.with(standing, file, location, object, version, updatedAt);
  }

  /** The same with other metadata, by the same change. */
  public Dataset describedBy(Map<String, Object> metadata) {
    Dataset next = with(profile.describedBy(metadata), updatedAt);
    return next.with(standing, file, location, object, version, updatedAt);
  }
}
