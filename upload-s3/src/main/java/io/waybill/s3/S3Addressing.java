package io.waybill.s3;

/** Where in a URL the bucket stands. */
public enum S3Addressing {
  /** {@code https://host/bucket/key}. */
  PATH,
  /** {@code https://bucket.host/key}. */
  VIRTUAL_HOST
}
