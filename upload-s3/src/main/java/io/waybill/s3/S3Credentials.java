package io.waybill.s3;

/** An access key and its secret; neither is ever printed. */
public record S3Credentials(String accessKey, String secretKey) {

  public S3Credentials {
    if (accessKey.isBlank() || secretKey.isBlank()) {
      throw new IllegalArgumentException("storage needs an access key and a secret key");
    }
  }

  @Override
  public String toString() {
    return "S3Credentials[redacted]";
  }
}
