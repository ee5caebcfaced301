package io.waybill.agent.config;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Every setting: its place in the file, and its name in the environment. What {@code watch:} says
 * of a directory is in {@link WatchKey}.
 */
public enum Key {
  TRANSPORT("transport", "WAYBILL_AGENT_TRANSPORT"),
  STATE_DIR("state_dir", "WAYBILL_AGENT_STATE_DIR"),
  PATIENCE_SECONDS("patience_seconds", "WAYBILL_AGENT_PATIENCE_SECONDS"),
  TENANT("tenant", "WAYBILL_TENANT_ID"),
  PROJECT("project", "WAYBILL_PROJECT_ID"),
  DEVICE_ID("device.id", "WAYBILL_DEVICE_ID"),
  CREDENTIAL("device.credential", "WAYBILL_DEVICE_CREDENTIAL"),
  CREDENTIAL_FILE("device.credential_file", "WAYBILL_DEVICE_CREDENTIAL_FILE"),
  BROKER_HOST("broker.host", "WAYBILL_MQTT_HOST"),
  BROKER_PORT("broker.port", "WAYBILL_MQTT_PORT"),
  BROKER_TLS("broker.tls", "WAYBILL_MQTT_TLS"),
  BROKER_TOPIC_PREFIX("broker.topic_prefix", "WAYBILL_MQTT_TOPIC_PREFIX"),
  API_URL("api.url", "WAYBILL_API_URL"),
  API_KEY("api.key", "WAYBILL_API_KEY"),
  CA_FILE("ca_file", "WAYBILL_CA_FILE"),
  RECEIPT_KEYS("receipt.keys", "WAYBILL_AGENT_RECEIPT_KEYS"),
  RECEIPT_ISSUER("receipt.issuer", "WAYBILL_AGENT_RECEIPT_ISSUER"),
  ROOTS("roots", "WAYBILL_AGENT_ROOTS"),
  CONNECTIONS("limits.connections", "WAYBILL_AGENT_CONNECTIONS"),
  MAX_BYTES_PER_SECOND("limits.max_bytes_per_second", "WAYBILL_AGENT_MAX_BYTES_PER_SECOND"),
  SCHEDULE("limits.schedule", "WAYBILL_AGENT_SCHEDULE"),
  METERED("limits.metered", "WAYBILL_AGENT_METERED"),
  OPEN_UPLOADS("limits.open_uploads", "WAYBILL_AGENT_OPEN_UPLOADS"),
  AGEING("limits.ageing", "WAYBILL_AGENT_AGEING"),
  RESCAN("limits.rescan", "WAYBILL_AGENT_RESCAN"),
  WATCH("watch", "WAYBILL_AGENT_WATCH");

  /** Names the file itself, and so stands in the environment alone. */
  public static final String FILE = "WAYBILL_AGENT_CONFIG";

  private final String path;
  private final String env;

  Key(String path, String env) {
    this.path = path;
    this.env = env;
  }

  /** Its place in the file, as {@code broker.host}. */
  public String path() {
    return path;
  }

  public String env() {
    return env;
  }

  /** Whether the file that holds it must be nobody else's to read. */
  public boolean secret() {
    return this == CREDENTIAL || this == API_KEY;
  }

  static Optional<Key> at(String path) {
    return Arrays.stream(values()).filter(key -> key.path.equals(path)).findFirst();
  }

  /** What may stand in a group, or at the top. */
  static List<String> namesIn(String group) {
    return Arrays.stream(values())
        .map(Key::path)
        .filter(path -> path.startsWith(group))
        .map(path -> path.substring(group.length()).replaceAll("\\..*", ""))
        .distinct()
        .toList();
  }
}
