package io.waybill.server.config;

import java.util.Locale;

/**
 * One configurable value. {@code waybill.database.url} in {@code application.yaml} is {@code
 * WAYBILL_DATABASE_URL} in the environment, which wins. The defaults are those of the stack that
 * {@code ./waybill up} runs on this machine.
 */
public enum Setting {
  ENVIRONMENT(
      "waybill.environment",
      "development",
      "`production` refuses what is only fit for a developer's machine, and names each offence"),

  CA_FILE(
      "waybill.ca-file",
      "",
      "PEM file of authorities to trust beside this machine's, for storage and broker; the database"
          + " believes only them where its URL says `sslmode=verify-full`"),

  DATABASE_URL(
      "waybill.database.url",
      "jdbc:postgresql://127.0.0.1:25432/waybill",
      "PostgreSQL 17 or newer; setting it replaces the embedded one"),
  DATABASE_USER("waybill.database.user", "waybill", "owner of the schema"),
  DATABASE_PASSWORD("waybill.database.password", "waybill_dev_local_only", "its password"),
  DATABASE_POOL_SIZE(
      "waybill.database.pool-size", "", "connections of one process; cores × 2 + 1 if empty"),

  STORAGE_ENDPOINT(
      "waybill.storage.endpoint",
      "http://127.0.0.1:19000",
      "S3 endpoint for our own calls; setting it replaces the embedded store"),
  STORAGE_PUBLIC_ENDPOINT(
      "waybill.storage.public-endpoint",
      "",
      "where devices and browsers reach the same store: URLs are signed for this host, in lower case,"
          + " and never rewritten; the endpoint if empty"),
  STORAGE_REGION("waybill.storage.region", "us-east-1", "S3 region"),
  STORAGE_ACCESS_KEY("waybill.storage.access-key", "waybill-dev", "S3 access key"),
  STORAGE_SECRET_KEY("waybill.storage.secret-key", "waybill_dev_storage_local_only", "its secret"),
  STORAGE_BUCKET(
      "waybill.storage.bucket",
      "robot-data",
      "bucket of the seeded storage policy, and the one that readiness asks for"),
  STORAGE_PATH_STYLE(
      "waybill.storage.path-style", "true", "`true`: host/bucket/key; `false`: bucket.host/key"),
  STORAGE_CONNECTIONS(
      "waybill.storage.connections",
      "128",
      "connections of one process to storage at most, 1 to 10000"),

  MQTT_HOST("waybill.mqtt.host", "127.0.0.1", "the broker; setting it replaces the embedded one"),
  MQTT_PORT("waybill.mqtt.port", "11883", "its port"),
  MQTT_TLS(
      "waybill.mqtt.tls",
      "false",
      "`true` for TLS; whom it trusts: this machine's authorities and `WAYBILL_CA_FILE`"),
  MQTT_USERNAME("waybill.mqtt.username", "waybill-gateway", "the gateway's identity"),
  MQTT_PASSWORD("waybill.mqtt.password", "wb_dev_gateway_local_only", "its password"),
  MQTT_CLIENT_ID(
      "waybill.mqtt.client-id",
      "",
      "one per gateway; if empty, `waybill-gateway-<hostname>`, with `-<port>` behind it where the"
          + " probes have another port than 18082, so that a second gateway on one machine has its"
          + " own"),
  MQTT_SHARE_GROUP(
      "waybill.mqtt.share-group",
      "waybill",
      "gateways of one group share the requests; `none` for a broker without shared subscriptions"
          + " and one active gateway"),
  MQTT_TOPIC_PREFIX("waybill.mqtt.topic-prefix", "device", "first level of every topic"),
  MQTT_MAX_PAYLOAD_BYTES(
      "waybill.mqtt.max-payload-bytes", "262144", "largest request of a device, 1024 to 262144"),

  HTTP_HOST("waybill.http.host", "127.0.0.1", "address the API listens on"),
  HTTP_PORT("waybill.http.port", "18080", "port the API listens on"),
  HTTP_CORS_ORIGINS(
      "waybill.http.cors-origins",
      "http://localhost:5173,http://127.0.0.1:5173,http://localhost:18080,http://127.0.0.1:18080",
      "web pages that may call the API, separated by commas"),
  HTTP_MAX_BODY_BYTES(
      "waybill.http.max-body-bytes", "1048576", "largest request body, 1024 to 1048576"),
  HTTP_MAX_CONNECTIONS(
      "waybill.http.max-connections", "8192", "connections to the API open at once, 16 to 65536"),
  HTTP_MAX_CONNECTIONS_PER_ADDRESS(
      "waybill.http.max-connections-per-address",
      "2048",
      "of them, those of one address, 1 to 65536; as many as in all where a proxy is in front"),
  GATEWAY_HTTP_HOST(
      "waybill.gateway.http-host", "127.0.0.1", "address of the gateway's probes and metrics"),
  GATEWAY_HTTP_PORT("waybill.gateway.http-port", "18082", "port of the same"),

  WORKERS_ENABLED(
      "waybill.workers.enabled",
      "true",
      "whether control-api also redrives unfinished work and expires sessions"),
  WORKERS_PERIOD_SECONDS(
      "waybill.workers.period-seconds", "5", "how often the workers look for work"),

  LIMITS_PRESIGN_PARTS(
      "waybill.limits.presign-parts", "100", "parts in one request for URLs, 1 to 1000"),
  LIMITS_ACKNOWLEDGE_PARTS(
      "waybill.limits.acknowledge-parts", "1000", "parts in one acknowledgement, 1 to 10000"),
  LIMITS_TASK_OBJECTS("waybill.limits.task-objects", "100", "files in one task, 1 to 100"),
  LIMITS_TENANT_OPEN_UPLOADS(
      "waybill.limits.tenant-open-uploads", "1000", "unfinished uploads of one tenant"),
  LIMITS_DEVICE_OPEN_UPLOADS(
      "waybill.limits.device-open-uploads", "200", "unfinished uploads of one device"),
  LIMITS_PROJECT_OPEN_TASKS(
      "waybill.limits.project-open-tasks", "200", "unfinished tasks of one project"),
  LIMITS_MIN_URL_LIFE_SECONDS(
      "waybill.limits.min-url-life-seconds", "60", "shortest life of a URL that can be asked for"),
  LIMITS_MAX_URL_LIFE_SECONDS(
      "waybill.limits.max-url-life-seconds", "21600", "longest; S3 itself ends at seven days"),
  LIMITS_DEFAULT_SESSION_LIFE_SECONDS(
      "waybill.limits.default-session-life-seconds",
      "86400",
      "how long an upload may take, 60 to 2592000, where its storage policy does not say"),
  LIMITS_MAX_SESSION_LIFE_SECONDS(
      "waybill.limits.max-session-life-seconds",
      "2592000",
      "how long from its creation however often it is extended, 60 to 2592000, under any storage"
          + " policy"),
  LIMITS_MAX_FILE_BYTES(
      "waybill.limits.max-file-bytes",
      "53687091200000",
      "largest file, 1 to 53687091200000 (48.8 TiB: 10000 parts of 5 GiB)"),
  LIMITS_METADATA_BYTES(
      "waybill.limits.metadata-bytes", "16384", "size of one metadata object as JSON"),
  LIMITS_METADATA_KEY_CHARS(
      "waybill.limits.metadata-key-chars", "64", "characters of a key in it, 1 to 256"),

  LOG_FORMAT(
      "waybill.log.format",
      "auto",
      "`json`: one object per line; `plain`: for people; `auto`: plain on a terminal"),
  LOG_LEVEL("waybill.log.level", "INFO", "ERROR, WARN, INFO or DEBUG for our own classes"),

  ALLOW_DEVELOPMENT_SEED(
      "waybill.allow-development-seed",
      "false",
      "lets the development seed be loaded although a listener is not on loopback");

  private final String key;
  private final String standard;
  private final String meaning;

  Setting(String key, String standard, String meaning) {
    this.key = key;
    this.standard = standard;
    this.meaning = meaning;
  }

  /** As it stands in {@code application.yaml}. */
  public String key() {
    return key;
  }

  /** As it stands in the environment. */
  public String variable() {
    return key.replaceAll("[.-]", "_").toUpperCase(Locale.ROOT);
  }

  /** The value when nothing is configured; may be empty. */
  public String standard() {
    return standard;
  }

  /** For the page that documents it. */
  public String meaning() {
    return meaning;
  }
}
