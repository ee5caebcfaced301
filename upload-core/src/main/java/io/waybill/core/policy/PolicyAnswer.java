package io.waybill.core.policy;

import io.waybill.core.storage.ChecksumMode;
import io.waybill.core.storage.EncryptionMode;
import io.waybill.core.storage.ObjectLockMode;
import io.waybill.core.storage.Protection;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A storage policy as it is answered, and remembered under an idempotency key. */
public record PolicyAnswer(
    UUID storagePolicyId,
    UUID tenantId,
    String name,
    PolicyStatus status,
    boolean isDefault,
    String endpointRef,
    String bucket,
    @Nullable String region,
    long defaultPartSizeBytes,
    long urlLifeSeconds,
    @Nullable Long sessionLifeSeconds,
    @Nullable Long maxSessionLifeSeconds,
    @Nullable Integer retentionDays,
    ChecksumMode checksumMode,
    EncryptionMode encryptionMode,
    @Nullable String kmsKeyRef,
    ObjectLockMode objectLockMode,
    @Nullable Integer objectLockDays,
    boolean legalHoldDefault,
    List<String> contentTypes,
    boolean validationRequired,
    boolean instantUploadAllowed,
    long version,
    Instant createdAt,
    Instant updatedAt) {

  public PolicyAnswer {
    contentTypes = List.copyOf(contentTypes);
  }

  public static PolicyAnswer of(Policy policy) {
    PolicyProfile said = policy.profile();
    Protection protection = said.protection();
    return new PolicyAnswer(
        policy.storagePolicyId(),
        policy.tenantId(),
        said.name(),
        said.status(),
        said.isDefault(),
        said.place().endpointRef(),
        said.place().bucket(),
        said.place().region(),
        said.defaultPartSizeBytes(),
        said.lives().urlSeconds(),
        said.lives().sessionSeconds(),
        said.lives().maxSessionSeconds(),
        said.lives().retentionDays(),
        protection.checksum(),
        protection.encryption(),
        protection.kmsKeyRef(),
        protection.lock(),
        protection.lockDays(),
        protection.legalHold(),
        said.contentTypes(),
        said.validationRequired(),
        said.instantUploadAllowed(),
        policy.version(),
        policy.createdAt(),
        policy.updatedAt());
  }
}
