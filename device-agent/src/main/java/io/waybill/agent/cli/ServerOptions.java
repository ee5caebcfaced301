package io.waybill.agent.cli;

import io.waybill.agent.control.CommandRoad;
import io.waybill.agent.control.ControlPlane;
import io.waybill.agent.control.Patience;
import io.waybill.agent.control.PatientControlPlane;
import io.waybill.agent.control.TwoRoads;
import io.waybill.agent.http.HttpControlPlane;
import io.waybill.agent.http.PatientApi;
import io.waybill.agent.mqtt.MqttControlPlane;
import io.waybill.agent.mqtt.MqttSettings;
import io.waybill.agent.mqtt.RotatingControlPlane;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How to reach the server; each command takes these. */
final class ServerOptions {

  /** How long a broker may be silent before a question takes the other road. */
  private static final Duration BEFORE_SWITCH = Duration.ofSeconds(10);

  @Option(
      names = "--api-url",
      paramLabel = "URL",
      description = "Speak HTTP with this API instead of MQTT (env WAYBILL_API_URL).")
  private @Nullable String apiUrl;

  @Option(
      names = "--api-key",
      paramLabel = "KEY",
      description =
          "Speak HTTP with this API key; without one, the device's credential is used"
              + " (env WAYBILL_API_KEY).")
  private @Nullable String apiKey;

  @Option(
      names = "--transport",
      paramLabel = "mqtt|http",
      description =
          "Which way to speak (env WAYBILL_AGENT_TRANSPORT; default: mqtt). When the other one is"
              + " configured, too, it is used while this one is blocked.")
  private @Nullable String transport;

  /** Looks at all that was said of the server; nothing is connected. */
  void check(Configuration configuration) {
    configuration.check();
    boolean http = overHttp(configuration);
    if (http || configuration.knowsApi()) {
      configuration.bearer(apiKey, configuration.apiUrl(apiUrl));
    }
    if (!http || configuration.knowsBroker()) {
      configuration.mqtt(BEFORE_SWITCH);
    }
  }

  /** The road to the server, asked as long as {@code patience} says. */
  ControlPlane open(Configuration configuration, Patience patience, Voice voice) {
    return open(configuration, patience, voice, MqttControlPlane::new);
  }

  /**
   * The same for somebody who stays: the broker, where there is one, holds the line from now on.
   *
   * @param road by which commands come
   */
  ControlPlane openToStay(
      Configuration configuration, Patience patience, Voice voice, CommandRoad road) {
    return open(
        configuration,
        patience,
        voice,
        settings -> new RotatingControlPlane(settings, road, voice::say));
  }

  private ControlPlane open(
      Configuration configuration,
      Patience patience,
      Voice voice,
      Function<MqttSettings, ControlPlane> mqtt) {
    return new PatientControlPlane(
        roads(configuration, patience, voice::say, mqtt), patience, ApiOptions::wait, voice);
  }

  /** What only the HTTP API knows, where there is one. */
  Optional<PatientApi> api(Configuration configuration, Patience patience, Voice voice) {
    if (!overHttp(configuration) && !configuration.knowsApi()) {
      return Optional.empty();
    }
    URI url = configuration.apiUrl(apiUrl);
    return Optional.of(
        new PatientApi(
            configuration.api(url, configuration.bearer(apiKey, url)),
            patience,
            ApiOptions::wait,
            voice));
  }

  /** The chosen road, and the other one as well where it is configured. */
  private ControlPlane roads(
      Configuration configuration,
      Patience patience,
      Consumer<String> onWait,
      Function<MqttSettings, ControlPlane> over) {
    boolean http = overHttp(configuration);
    if (!(http ? configuration.knowsBroker() : configuration.knowsApi())) {
      return http ? http(configuration) : over.apply(configuration.mqtt(patience.unreachable()));
    }
    Duration third = patience.unreachable().dividedBy(3);
    ControlPlane mqtt =
        over.apply(configuration.mqtt(third.compareTo(BEFORE_SWITCH) < 0 ? third : BEFORE_SWITCH));
    ControlPlane api = http(configuration);
    return http
        ? new TwoRoads(api, mqtt, System::nanoTime, onWait)
        : new TwoRoads(mqtt, api, System::nanoTime, onWait);
  }

  private boolean overHttp(Configuration configuration) {
    String chosen = transport;
    if (chosen == null) {
      return apiUrl != null || apiKey != null || configuration.http();
    }
    return switch (chosen) {
      case "http" -> true;
      case "mqtt" -> false;
      default -> throw new UsageException("--transport is either mqtt or http, not " + chosen);
    };
  }

  private ControlPlane http(Configuration configuration) {
    URI url = configuration.apiUrl(apiUrl);
    return new HttpControlPlane(configuration.api(url, configuration.bearer(apiKey, url)));
  }
}
