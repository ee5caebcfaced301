package io.waybill.core.policy.usecase;

import io.waybill.core.idempotency.Fingerprint;
import io.waybill.core.policy.PolicyProfile;
import io.waybill.core.policy.PolicyProfile.Lives;
import io.waybill.core.policy.PolicyProfile.Place;
import io.waybill.core.policy.PolicyStatus;
import io.waybill.core.storage.ChecksumMode;
import io.waybill.core.storage.EncryptionMode;
import io.waybill.core.storage.ObjectLockMode;
import io.waybill.core.storage.Protection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a request says of a storage policy; null says nothing.
 *
 * @param lives zero takes away what may be left out
 * @param guards an empty name and zero take away what may be left out
 */
public record PolicyFields(
    @Nullable String name,
    @Nullable PolicyStatus status,
    @Nullable Boolean isDefault,
    Where where,
    @Nullable Long defaultPartSizeBytes,
    HowLong lives,
    Guards guards,
    @Nullable List<String> contentTypes,
    @Nullable Boolean validationRequired,
    @Nullable Boolean instantUploadAllowed) {

  public PolicyFields {
    contentTypes = contentTypes == null ? null : List.copyOf(contentTypes);
  }

  /** What is said of the place. */
  public record Where(
      @Nullable String endpointRef, @Nullable String bucket, @Nullable String region) {}

  /** What is said of lives. */
  public record HowLong(
      @Nullable Long urlSeconds,
      @Nullable Long sessionSeconds,
      @Nullable Long maxSessionSeconds,
      @Nullable Integer retentionDays) {}

  /** What is said of the guards of the bytes. */
  public record Guards(
      @Nullable ChecksumMode checksum,
      @Nullable EncryptionMode encryption,
      @Nullable String kmsKeyRef,
      @Nullable ObjectLockMode lock,
      @Nullable Integer lockDays,
      @Nullable Boolean legalHold) {

    /** Those of which a request chooses a word, and the others. */
    public static Guards of(
        Words words,
        @Nullable String kmsKeyRef,
        @Nullable Integer lockDays,
        @Nullable Boolean legalHold) {
      return new Guards(
          words.oneOf("checksum_mode", ChecksumMode.values()),
          words.oneOf("encryption_mode", EncryptionMode.values()),
          kmsKeyRef,
          words.oneOf("object_lock_mode", ObjectLockMode.values()),
          lockDays,
          legalHold);
    }
  }

  /** Reads which word of a closed set a field says; null where it says none. */
  public interface Words {
    <E extends Enum<E>> @Nullable E oneOf(String field, E[] values);
  }

  Fingerprint addTo(Fingerprint fingerprint) {
    fingerprint
        .add(name)
        .add(status)
        .add(isDefault)
        .add(where.endpointRef())
        .add(where.bucket())
        .add(where.region())
        .add(defaultPartSizeBytes);
    fingerprint
        .add(lives.urlSeconds())
        .add(lives.sessionSeconds())
        .add(lives.maxSessionSeconds())
        .add(lives.retentionDays());
    fingerprint
        .add(guards.checksum())
        .add(guards.encryption())
        .add(guards.kmsKeyRef())
        .add(guards.lock())
        .add(guards.lockDays())
        .add(guards.legalHold());
    return fingerprint.add(contentTypes).add(validationRequired).add(instantUploadAllowed);
  }

  /** What this makes of what was written before. */
  PolicyProfile over(PolicyProfile before) {
    return new PolicyProfile(
        orElse(name, before.name()),
        orElse(status, before.status()),
        orElse(isDefault, before.isDefault()),
        over(before.place()),
        orElse(defaultPartSizeBytes, before.defaultPartSizeBytes()),
        over(before.lives()),
        over(before.protection()),
        orElse(contentTypes, before.contentTypes()),
        orElse(validationRequired, before.validationRequired()),
        orElse(instantUploadAllowed, before.instantUploadAllowed()));
  }

  /** Another endpoint has another region. */
  private Place over(Place before) {
    return new Place(
        orElse(where.endpointRef(), before.endpointRef()),
        orElse(where.bucket(), before.bucket()),
        where.region() == null && where.endpointRef() == null ? before.region() : where.region());
  }

  private Lives over(Lives before) {
    return new Lives(
        orElse(lives.urlSeconds(), before.urlSeconds()),
        bound(lives.sessionSeconds(), before.sessionSeconds()),
        bound(lives.maxSessionSeconds(), before.maxSessionSeconds()),
        bound(lives.retentionDays(), before.retentionDays()));
  }

  private Protection over(Protection before) {
    String key = guards.kmsKeyRef();
    return new Protection(
        orElse(guards.checksum(), before.checksum()),
        orElse(guards.encryption(), before.encryption()),
        key == null ? before.kmsKeyRef() : key.isEmpty() ? null : key,
        orElse(guards.lock(), before.lock()),
        bound(guards.lockDays(), before.lockDays()),
        orElse(guards.legalHold(), before.legalHold()));
  }

  private static <T> T orElse(@Nullable T said, T before) {
    return said == null ? before : said;
  }

  private static <N extends Number> @Nullable N bound(@Nullable N said, @Nullable N before) {
    return said == null ? before : said.longValue() == 0 ? null : said;
  }
}
