package io.waybill.server.config;

/** How much one request, upload, device or tenant may take. */
public enum LimitSetting implements Setting {
  PRESIGN_PARTS("presign-parts", "100", "parts in one request for URLs, 1 to 1000"),
  ACKNOWLEDGE_PARTS("acknowledge-parts", "1000", "parts in one acknowledgement, 1 to 10000"),
  TASK_OBJECTS("task-objects", "100", "files in one task, 1 to 100"),
  TENANT_OPEN_UPLOADS("tenant-open-uploads", "1000", "unfinished uploads of one tenant"),
  DEVICE_OPEN_UPLOADS("device-open-uploads", "200", "unfinished uploads of one device"),
  PROJECT_OPEN_TASKS("project-open-tasks", "200", "unfinished tasks of one project"),
  TENANT_UNVALIDATED(
      "tenant-unvalidated",
      "1000",
      "datasets of one tenant that wait for validators, before creates under policies that validate"
          + " are answered 429; 10000 at most"),
  TENANT_BYTES(
      "tenant-bytes",
      "0",
      "bytes that a tenant without a bound of its own may have stored and promised; 0 for no bound"),
  TENANT_PRESIGNS_PER_MINUTE(
      "tenant-presigns-per-minute",
      "600",
      "requests for URLs of one tenant in a minute, 1 to 1000000, however many parts each names"),
  DEVICE_PRESIGNS_PER_MINUTE(
      "device-presigns-per-minute", "120", "the same of one device, 1 to 1000000"),
  MIN_URL_LIFE_SECONDS(
      "min-url-life-seconds", "60", "shortest life of a URL that can be asked for"),
  MAX_URL_LIFE_SECONDS("max-url-life-seconds", "21600", "longest; S3 itself ends at seven days"),
  DEFAULT_SESSION_LIFE_SECONDS(
      "default-session-life-seconds",
      "86400",
      "how long an upload may take, 60 to 2592000, where its storage policy does not say"),
  MAX_SESSION_LIFE_SECONDS(
      "max-session-life-seconds",
      "2592000",
      "how long from its creation however often it is extended, 60 to 2592000, under any storage"
          + " policy"),
  MAX_FILE_BYTES(
      "max-file-bytes",
      "53687091200000",
      "largest file, 1 to 53687091200000 (48.8 TiB: 10000 parts of 5 GiB)"),
  METADATA_BYTES("metadata-bytes", "16384", "size of one metadata object as JSON"),
  METADATA_KEY_CHARS("metadata-key-chars", "64", "characters of a key in it, 1 to 256"),
  FAILED_AUTHENTICATIONS(
      "failed-authentications",
      "120",
      "secrets that are nobody's, from one address or with one beginning, in a minute before they are"
          + " slowed, 1 to 100000");

  @SuppressWarnings("ImmutableEnumChecker") // it holds three strings
  private final Words words;

  LimitSetting(String key, String standard, String meaning) {
    this.words = new Words("waybill.limits." + key, standard, meaning);
  }

  @Override
  public Words words() {
    return words;
  }
}
