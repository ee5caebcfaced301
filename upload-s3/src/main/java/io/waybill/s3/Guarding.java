package io.waybill.s3;

import io.waybill.core.storage.ChecksumAlgorithm;
import io.waybill.core.storage.ObjectLockMode;
import io.waybill.core.storage.ObjectStore.NewUpload;
import io.waybill.core.storage.Protection;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;

/** What CreateMultipartUpload says of how the object is to be guarded. */
final class Guarding {
  private static final String ENCRYPTION = "x-amz-server-side-encryption";

  private Guarding() {}

  /**
   * Headers, in lower case.
   *
   * @param kmsKeys the store's ids of keys, by the names that policies refer to
   */
  static Map<String, String> headers(NewUpload upload, Map<String, String> kmsKeys) {
    Map<String, String> headers = new HashMap<>();
    Protection protection = upload.protection();
    ChecksumAlgorithm algorithm = protection.checksum().algorithm();
    if (algorithm != null) {
      headers.put("x-amz-checksum-algorithm", algorithm.name());
    }
    encryption(protection, kmsKeys, headers);
    Instant until = upload.lockedUntil();
    if (protection.lock() != ObjectLockMode.NONE && until != null) {
      headers.put("x-amz-object-lock-mode", protection.lock().name());
      headers.put(
          "x-amz-object-lock-retain-until-date", until.truncatedTo(ChronoUnit.SECONDS).toString());
    }
    if (protection.legalHold()) {
      headers.put("x-amz-object-lock-legal-hold", "ON");
    }
    return headers;
  }

  private static void encryption(
      Protection protection, Map<String, String> kmsKeys, Map<String, String> headers) {
    switch (protection.encryption()) {
      case NONE -> {}
      case SSE_S3 -> headers.put(ENCRYPTION, "AES256");
      case SSE_KMS -> {
        headers.put(ENCRYPTION, "aws:kms");
        String ref = protection.kmsKeyRef();
        if (ref != null) {
          headers.put(ENCRYPTION + "-aws-kms-key-id", key(ref, kmsKeys));
        }
      }
    }
  }

  /** A key that is configured no more is no reason to store without it. */
  private static String key(String ref, Map<String, String> kmsKeys) {
    String id = kmsKeys.get(ref);
    if (id == null) {
      throw StorageFault.answered(400, "KMS.Unconfigured", "no key is named " + ref);
    }
    return id;
  }
}
