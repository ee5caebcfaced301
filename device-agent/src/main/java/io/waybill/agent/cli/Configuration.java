package io.waybill.agent.cli;

import io.waybill.agent.control.Patience;
import io.waybill.agent.control.Trust;
import io.waybill.agent.local.LocalPath;
import io.waybill.agent.mqtt.MqttSettings;
import io.waybill.agent.spool.Manifest;
import io.waybill.wire.Topics;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the environment says. With nothing set, it is the stack of {@code ./waybill up} on this
 * machine as its seeded device robot-17; that device's well-known credential never goes elsewhere.
 */
record Configuration(Map<String, String> env) {

  static final String MQTT_HOST = "WAYBILL_MQTT_HOST";
  static final String MQTT_PORT = "WAYBILL_MQTT_PORT";
  static final String MQTT_TLS = "WAYBILL_MQTT_TLS";
  static final String MQTT_TOPIC_PREFIX = "WAYBILL_MQTT_TOPIC_PREFIX";
  static final String TENANT = "WAYBILL_TENANT_ID";
  static final String PROJECT = "WAYBILL_PROJECT_ID";
  static final String DEVICE = "WAYBILL_DEVICE_ID";
  static final String CREDENTIAL = "WAYBILL_DEVICE_CREDENTIAL";
  static final String API_URL = "WAYBILL_API_URL";
  static final String API_KEY = "WAYBILL_API_KEY";
  static final String TRANSPORT = "WAYBILL_AGENT_TRANSPORT";
  static final String STATE = "WAYBILL_AGENT_STATE_DIR";
  static final String PATIENCE = "WAYBILL_AGENT_PATIENCE_SECONDS";
  static final String CA_FILE = "WAYBILL_CA_FILE";

  private static final String SEEDED_TENANT = "0190a000-0000-7000-8000-000000000001";
  private static final String SEEDED_PROJECT = "0190a000-0000-7000-8000-000000000002";
  private static final String SEEDED_DEVICE = "0190a000-0000-7000-8000-000000000017";
  private static final String SEEDED_CREDENTIAL = "wbd_dev_robot_17_local_only";

  Configuration {
    env = Map.copyOf(env);
  }

  /** Looks at every setting, so that a wrong one is seen at once and not where it is needed. */
  void check() {
    http();
    stateDirectory();
    owner(null);
    patience();
    topics();
    credentialIsWhole(value(CREDENTIAL));
    credentialIsWhole(value(API_KEY));
    host();
    port(truth(MQTT_TLS));
    apiUrl(null);
    Path authorities = caFile();
    if (authorities != null) {
      try {
        Trust.factory(authorities);
      } catch (IllegalArgumentException e) {
        throw new UsageException(CA_FILE + ": " + e.getMessage());
      }
    }
  }

  private Optional<String> value(String key) {
    return Optional.ofNullable(env.get(key)).map(String::strip).filter(v -> !v.isEmpty());
  }

  boolean http() {
    return switch (value(TRANSPORT).orElse("mqtt")) {
      case "mqtt" -> false;
      case "http" -> true;
      default -> throw new UsageException(TRANSPORT + " is either mqtt or http");
    };
  }

  Path stateDirectory() {
    return value(STATE)
        .map(LocalPath::of)
        .orElseGet(() ->
            value("XDG_STATE_HOME")
                .map(LocalPath::of)
                .orElseGet(() -> LocalPath.of(home() + "/.local/state"))
                .resolve("waybill-agent"));
  }

  private String home() {
    return value("HOME").orElseGet(() -> System.getProperty("user.home", "."));
  }

  Manifest.Owner owner(@Nullable String project) {
    return new Manifest.Owner(
        uuid(TENANT, SEEDED_TENANT).toString(),
        uuid(DEVICE, SEEDED_DEVICE).toString(),
        project == null
            ? uuid(PROJECT, SEEDED_PROJECT).toString()
            : SettingText.uuid("--project", project).toString());
  }

  /** How long an unreachable server is asked, where nobody said to wait for ever. */
  Patience patience() {
    String text = value(PATIENCE).orElse("30");
    if (!text.matches("\\d{1,6}")) {
      throw new UsageException(PATIENCE + " is a number of seconds, not " + text);
    }
    return new Patience(Duration.ofSeconds(Long.parseLong(text)), Patience.ATTENDED.busy());
  }

  MqttSettings mqtt(Duration patience) {
    String host = host();
    boolean tls = truth(MQTT_TLS);
    return new MqttSettings(
        host,
        port(tls),
        tls,
        caFile(),
        topics(),
        new Topics.Owner(uuid(TENANT, SEEDED_TENANT), uuid(DEVICE, SEEDED_DEVICE)),
        credential(host),
        patience,
        MqttSettings.FIRST_REPEAT,
        MqttSettings.LAST_REPEAT);
  }

  URI apiUrl(@Nullable String option) {
    String text = option == null ? value(API_URL).orElse("http://127.0.0.1:18080") : option;
    return SettingText.url("--api-url (" + API_URL + ")", text);
  }

  /** Who we are over HTTP: an API key when there is one, else the device itself. */
  String bearer(@Nullable String apiKey, URI url) {
    String bearer =
        apiKey == null ? value(API_KEY).orElseGet(() -> credential(url.getHost())) : apiKey.strip();
    credentialIsWhole(Optional.of(bearer));
    return bearer;
  }

  private static void credentialIsWhole(Optional<String> credential) {
    if (credential.filter(text -> !text.matches("[!-~]+")).isPresent()) {
      throw new UsageException(
          "the API key or credential has characters that none has; was it copied whole?");
    }
  }

  private Topics topics() {
    try {
      return new Topics(value(MQTT_TOPIC_PREFIX).orElse(Topics.DEFAULT_PREFIX));
    } catch (IllegalArgumentException e) {
      throw new UsageException(MQTT_TOPIC_PREFIX + ": " + e.getMessage());
    }
  }

  private String host() {
    String host = value(MQTT_HOST).orElse("127.0.0.1");
    return SettingText.host(host)
        .orElseThrow(() ->
            new UsageException(
                MQTT_HOST
                    + " is a host alone, such as broker.example or 10.0.0.5, not "
                    + host
                    + "; the port is "
                    + MQTT_PORT
                    + ", and TLS is "
                    + MQTT_TLS));
  }

  /** Whether somebody said where a broker is; the default one does not count. */
  boolean knowsBroker() {
    return value(MQTT_HOST).isPresent() || value(MQTT_PORT).isPresent();
  }

  boolean knowsApi() {
    return value(API_URL).isPresent();
  }

  @Nullable Path caFile() {
    return value(CA_FILE).map(LocalPath::of).orElse(null);
  }

  private String credential(String host) {
    Optional<String> given = value(CREDENTIAL);
    if (given.isPresent()) {
      return given.get();
    }
    boolean seeded = uuid(DEVICE, SEEDED_DEVICE).toString().equals(SEEDED_DEVICE);
    if (!seeded || !SettingText.isLoopback(host)) {
      throw new UsageException(
          CREDENTIAL
              + " is not set. It is shown once, when the device is registered; the development"
              + " credential works with ./waybill up on this machine only");
    }
    return SEEDED_CREDENTIAL;
  }

  private int port(boolean tls) {
    String text = value(MQTT_PORT).orElse(tls ? "18883" : "11883");
    return SettingText.port(MQTT_PORT, text);
  }

  private boolean truth(String key) {
    return switch (value(key).orElse("false")) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new UsageException(key + " is either true or false");
    };
  }

  private UUID uuid(String key, String otherwise) {
    return SettingText.uuid(key, value(key).orElse(otherwise));
  }

  /** Never the values: some are secret. */
  @Override
  public String toString() {
    return "Configuration" + env.keySet();
  }
}
