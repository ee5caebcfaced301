package io.waybill.agent.cli;

import io.waybill.agent.config.Given;
import io.waybill.agent.config.Key;
import io.waybill.agent.config.Settings;
import io.waybill.agent.control.Patience;
import io.waybill.agent.control.Trust;
import io.waybill.agent.credential.Bearer;
import io.waybill.agent.credential.Credentials;
import io.waybill.agent.http.ApiClient;
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
 * What the environment and the configuration file say. With nothing set, it is the stack of {@code
 * ./waybill up} on this machine as its seeded device robot-17; that device's well-known credential
 * never goes elsewhere.
 */
final class Configuration {

  private static final String SEEDED_TENANT = "0190a000-0000-7000-8000-000000000001";
  private static final String SEEDED_PROJECT = "0190a000-0000-7000-8000-000000000002";
  private static final String SEEDED_DEVICE = "0190a000-0000-7000-8000-000000000017";

  private final Map<String, String> env;
  private @Nullable Settings settings;
  private @Nullable Credentials own;

  Configuration(Map<String, String> env) {
    this.env = Map.copyOf(env);
  }

  /** What it was made of. */
  Map<String, String> env() {
    return env;
  }

  /** Read when it is first needed: a file that cannot be used keeps nobody from reading help. */
  Settings settings() {
    Settings read = settings;
    if (read == null) {
      read = Settings.of(env);
      settings = read;
    }
    return read;
  }

  /** Looks at every setting, so that a wrong one is seen at once and not where it is needed. */
  void check() {
    http();
    stateDirectory();
    owner(null);
    patience();
    topics();
    credentialIsWhole(settings().credential());
    credentialIsWhole(settings().given(Key.API_KEY));
    host();
    port(tls());
    apiUrl(null);
    Path authorities = caFile();
    if (authorities != null) {
      try {
        Trust.factory(authorities);
      } catch (IllegalArgumentException e) {
        throw new UsageException(where(Key.CA_FILE) + ": " + e.getMessage());
      }
    }
  }

  private Optional<Given> given(Key key) {
    return settings().given(key);
  }

  private Optional<String> value(Key key) {
    return given(key).map(Given::text);
  }

  /** Where a setting was made; where it would be, when it was not. */
  private String where(Key key) {
    return given(key).map(Given::where).orElse(key.env());
  }

  boolean http() {
    return switch (value(Key.TRANSPORT).orElse("mqtt")) {
      case "mqtt" -> false;
      case "http" -> true;
      default -> throw new UsageException(where(Key.TRANSPORT) + " is either mqtt or http");
    };
  }

  Path stateDirectory() {
    return given(Key.STATE_DIR)
        .map(Settings::path)
        .orElseGet(() ->
            settings()
                .environment("XDG_STATE_HOME")
                .map(LocalPath::of)
                .orElseGet(() -> LocalPath.of(home() + "/.local/state"))
                .resolve("waybill-agent"));
  }

  private String home() {
    return settings().environment("HOME").orElseGet(() -> System.getProperty("user.home", "."));
  }

  Manifest.Owner owner(@Nullable String project) {
    return new Manifest.Owner(
        uuid(Key.TENANT, SEEDED_TENANT).toString(),
        uuid(Key.DEVICE_ID, SEEDED_DEVICE).toString(),
        project == null
            ? uuid(Key.PROJECT, SEEDED_PROJECT).toString()
            : SettingText.uuid("--project", project).toString());
  }

  /** How long an unreachable server is asked, where nobody said to wait for ever. */
  Patience patience() {
    String text = value(Key.PATIENCE_SECONDS).orElse("30");
    if (!text.matches("\\d{1,6}")) {
      throw new UsageException(
          where(Key.PATIENCE_SECONDS) + " is a number of seconds, not " + text);
    }
    return new Patience(Duration.ofSeconds(Long.parseLong(text)), Patience.ATTENDED.busy());
  }

  MqttSettings mqtt(Duration patience) {
    String host = host();
    boolean tls = tls();
    return new MqttSettings(
        host,
        port(tls),
        tls,
        caFile(),
        topics(),
        new Topics.Owner(uuid(Key.TENANT, SEEDED_TENANT), uuid(Key.DEVICE_ID, SEEDED_DEVICE)),
        credentials(host),
        patience,
        MqttSettings.FIRST_REPEAT,
        MqttSettings.LAST_REPEAT,
        settings().traceparent().orElse(null));
  }

  URI apiUrl(@Nullable String option) {
    String text = option == null ? value(Key.API_URL).orElse("http://127.0.0.1:18080") : option;
    return SettingText.url("--api-url (" + where(Key.API_URL) + ")", text);
  }

  ApiClient api(URI url, Bearer bearer) {
    return new ApiClient(url, bearer, caFile(), settings().traceparent().orElse(null));
  }

  /** Who we are over HTTP: an API key when there is one, else the device itself. */
  Bearer bearer(@Nullable String apiKey, URI url) {
    Optional<String> key = apiKey == null ? value(Key.API_KEY) : Optional.of(apiKey.strip());
    if (key.isEmpty()) {
      return credentials(url.getHost());
    }
    credentialIsWhole(Optional.of(new Given(key.get(), Key.API_KEY.env())));
    return Bearer.of(key.get());
  }

  private static void credentialIsWhole(Optional<Given> credential) {
    if (credential.filter(given -> !given.text().matches("[!-~]+")).isPresent()) {
      throw new UsageException(
          "the API key or credential has characters that none has; was it copied whole?");
    }
  }

  private Topics topics() {
    try {
      return new Topics(value(Key.BROKER_TOPIC_PREFIX).orElse(Topics.DEFAULT_PREFIX));
    } catch (IllegalArgumentException e) {
      throw new UsageException(where(Key.BROKER_TOPIC_PREFIX) + ": " + e.getMessage());
    }
  }

  private String host() {
    String host = value(Key.BROKER_HOST).orElse("127.0.0.1");
    return SettingText.host(host)
        .orElseThrow(() ->
            new UsageException(
                where(Key.BROKER_HOST)
                    + " is a host alone, such as broker.example or 10.0.0.5, not "
                    + host
                    + "; the port is "
                    + Key.BROKER_PORT.env()
                    + ", and TLS is "
                    + Key.BROKER_TLS.env()));
  }

  /** Whether somebody said where a broker is; the default one does not count. */
  boolean knowsBroker() {
    return given(Key.BROKER_HOST).isPresent() || given(Key.BROKER_PORT).isPresent();
  }

  boolean knowsApi() {
    return given(Key.API_URL).isPresent();
  }

  @Nullable Path caFile() {
    return given(Key.CA_FILE).map(Settings::path).orElse(null);
  }

  /**
   * One for whoever asks: when it changes, it changes for all. The well-known one is asked for anew
   * for each host.
   */
  private Credentials credentials(String host) {
    Credentials known = own;
    if (known == null) {
      known = OwnCredential.of(settings()).orElse(null);
      own = known;
    }
    return known == null ? OwnCredential.seeded(isSeeded(), host) : known;
  }

  private boolean isSeeded() {
    return uuid(Key.DEVICE_ID, SEEDED_DEVICE).toString().equals(SEEDED_DEVICE);
  }

  private int port(boolean tls) {
    String text = value(Key.BROKER_PORT).orElse(tls ? "18883" : "11883");
    return SettingText.port(where(Key.BROKER_PORT), text);
  }

  private boolean tls() {
    return given(Key.BROKER_TLS).map(Given::truth).orElse(false);
  }

  private UUID uuid(Key key, String otherwise) {
    return SettingText.uuid(where(key), value(key).orElse(otherwise));
  }

  /** Never the values: some are secret. */
  @Override
  public String toString() {
    return "Configuration" + env.keySet();
  }
}
