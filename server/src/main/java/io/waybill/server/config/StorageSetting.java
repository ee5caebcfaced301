package io.waybill.server.config;

/** Where the bytes are. */
public enum StorageSetting implements Setting {
  ENDPOINT(
      "endpoint",
      "http://127.0.0.1:19000",
      "S3 endpoint for our own calls; setting it replaces the embedded store"),
  PUBLIC_ENDPOINT(
      "public-endpoint",
      "",
      "where devices and browsers reach the same store: URLs are signed for this host, in lower case,"
          + " and never rewritten; the endpoint if empty"),
  REGION("region", "us-east-1", "S3 region"),
  ACCESS_KEY("access-key", "waybill-dev", "S3 access key"),
  SECRET_KEY("secret-key", "waybill_dev_storage_local_only", "its secret"),
  BUCKET(
      "bucket",
      "robot-data",
      "bucket of the seeded storage policy, and the one that readiness asks for"),
  PATH_STYLE("path-style", "true", "`true`: host/bucket/key; `false`: bucket.host/key"),
  CONNECTIONS("connections", "128", "connections of one process to storage at most, 1 to 10000");

  @SuppressWarnings("ImmutableEnumChecker") // it holds three strings
  private final Words words;

  StorageSetting(String key, String standard, String meaning) {
    this.words = new Words("waybill.storage." + key, standard, meaning);
  }

  @Override
  public Words words() {
    return words;
  }
}
