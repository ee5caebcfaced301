package io.waybill.core.policy.usecase;

import io.waybill.core.EntryCode;
import io.waybill.core.FieldError;
import io.waybill.core.policy.PolicyProfile;
import io.waybill.core.storage.Capability;
import io.waybill.core.storage.ChecksumAlgorithm;
import io.waybill.core.storage.EncryptionMode;
import io.waybill.core.storage.ObjectLockMode;
import io.waybill.core.storage.Protection;
import io.waybill.core.storage.StorageCapabilities;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A policy asks of a store only what it was found to do. */
final class CapabilityRules {
  private CapabilityRules() {}

  /** Whether it asks for anything that not every store does. */
  static boolean asks(PolicyProfile profile) {
    return !asked(profile.protection()).isEmpty();
  }

  static List<FieldError> check(PolicyProfile profile, Optional<StorageCapabilities> known) {
    Protection protection = profile.protection();
    List<FieldError> errors = new ArrayList<>();
    boolean locks = protection.lock() != ObjectLockMode.NONE;
    if (locks != (protection.lockDays() != null)) {
      errors.add(
          new FieldError(
              "object_lock_days",
              locks ? EntryCode.REQUEST_FIELD_REQUIRED : EntryCode.REQUEST_FIELD_INVALID,
              locks ? "must say how long objects are locked" : "goes with an object_lock_mode"));
    }
    asked(protection)
        .forEach((field, capability) -> check(field, capability, known).ifPresent(errors::add));
    return errors;
  }

  private static Map<String, Capability> asked(Protection protection) {
    Map<String, Capability> asked = new LinkedHashMap<>();
    ChecksumAlgorithm sum = protection.checksum().algorithm();
    if (sum != null) {
      asked.put("checksum_mode", Capability.of(sum));
    }
    if (protection.encryption() != EncryptionMode.NONE) {
      asked.put("encryption_mode", Capability.valueOf(protection.encryption().name()));
    }
    if (protection.lock() != ObjectLockMode.NONE) {
      asked.put("object_lock_mode", Capability.OBJECT_LOCK);
    }
    if (protection.legalHold()) {
      asked.put("legal_hold_default", Capability.OBJECT_LOCK);
    }
    return asked;
  }

  private static Optional<FieldError> check(
      String field, Capability capability, Optional<StorageCapabilities> known) {
    if (known.isEmpty()) {
      return Optional.of(
          new FieldError(
              field,
              EntryCode.STORAGE_POLICY_CAPABILITY_UNKNOWN,
              "it is not known yet whether the store does %s for this bucket; try again later"
                  .formatted(capability.noun())));
    }
    return known.get().has(capability)
        ? Optional.empty()
        : Optional.of(
            new FieldError(
                field,
                EntryCode.STORAGE_POLICY_CAPABILITY_MISSING,
                "the store lacks %s for this bucket, as found at %s"
                    .formatted(capability.noun(), known.get().probedAt())));
  }
}
