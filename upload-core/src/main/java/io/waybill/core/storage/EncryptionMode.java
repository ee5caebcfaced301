package io.waybill.core.storage;

/** How the store encrypts what it keeps. */
public enum EncryptionMode {
  /** As the bucket is set up. */
  NONE,
  SSE_S3,
  SSE_KMS
}
