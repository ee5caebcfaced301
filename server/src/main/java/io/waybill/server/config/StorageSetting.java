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
  BUCKETS("buckets", "", "further buckets that storage policies can name, separated by commas"),
  KMS_KEYS(
      "kms-keys",
      "",
      "keys that storage policies can refer to, as `name=id of the store`, separated by commas"),
  ENDPOINTS_FILE(
      "endpoints-file",
      "",
      "properties file of further stores, each under a name that storage policies refer to"),
  PATH_STYLE("path-style", "true", "`true`: host/bucket/key; `false`: bucket.host/key"),
  INCOMPLETE_UPLOAD_MAX_AGE(
      "incomplete-upload-max-age",
      "",
      "how long the store keeps an upload that is not complete, in hours (`24h`) or days (`30d`): none"
          + " may take longer, under any storage policy; empty where it keeps them"),
  CONNECTIONS("connections", "128", "connections of one process to storage at most, 1 to 10000"),
  BACKPRESSURE_WINDOW_SECONDS(
      "backpressure-window-seconds",
      "30",
      "how long a call of a store counts when it is judged, 1 to 3600"),
  BACKPRESSURE_PERCENT(
      "backpressure-percent",
      "50",
      "from so many of these calls, failed or slow, no upload begins at that store, 1 to 100"),
  BACKPRESSURE_SLOW_MILLIS(
      "backpressure-slow-millis", "2000", "from when on a call is slow, 1 to 60000"),
  BACKPRESSURE_CALLS("backpressure-calls", "20", "fewer calls say nothing, 1 to 1000000");

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
