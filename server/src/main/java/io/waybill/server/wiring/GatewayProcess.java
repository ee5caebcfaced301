package io.waybill.server.wiring;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.waybill.core.app.UseCases;
import io.waybill.gateway.Gateway;
import io.waybill.gateway.GatewaySettings;
import io.waybill.postgres.OutboxListener;
import io.waybill.server.config.Configuration;
import io.waybill.server.config.GatewaySetting;
import io.waybill.server.config.MqttSetting;
import io.waybill.server.config.Port;
import io.waybill.server.config.ProcessSetting;
import io.waybill.server.config.Setting;
import io.waybill.wire.Topics;
import io.waybill.workers.Alarm;
import io.waybill.workers.Watch;
import io.waybill.workers.Workers;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The MQTT gateway as one running thing. */
public final class GatewayProcess implements AutoCloseable {
  private static final int ANY_PORT = 0;
  private static final Duration RELAY_PERIOD = Duration.ofSeconds(1);

  private final Backbone backbone;
  private final Gateway gateway;
  private final Workers events;
  private final Workers commands;
  private final OutboxListener news;

  private GatewayProcess(
      Backbone backbone, Gateway gateway, Workers events, Workers commands, OutboxListener news) {
    this.backbone = backbone;
    this.gateway = gateway;
    this.events = events;
    this.commands = commands;
    this.news = news;
  }

  /** Starts; the broker, the database and the store may come later. */
  public static GatewayProcess start(Configuration configuration) {
    ProductionRules.check(configuration);
    GatewaySettings settings = settings(configuration);
    PrometheusMeterRegistry registry = Meters.of(configuration);
    Backbone backbone =
        Backbone.forDevices(configuration, new FactMetrics(registry)).measured(registry, "gateway");
    try {
      UseCases useCases = backbone.useCases();
      Gateway gateway =
          Gateway.start(
              settings,
              useCases,
              new Gateway.Windows(
                  registry, registry::scrape, backbone.checks(), backbone.tracer()));
      Watch watch = new Watch(registry, backbone.tracer());
      Alarm news = new Alarm();
      Alarm asked = new Alarm();
      Workers events = Workers.relay(useCases, gateway.eventSink(), RELAY_PERIOD, news, watch);
      Workers commands =
          Workers.commands(useCases, gateway.commandChannel(), RELAY_PERIOD, asked, watch);
      OutboxListener listener =
          backbone.listening(() -> {
            news.ring();
            asked.ring();
          });
      return new GatewayProcess(backbone, gateway, events, commands, listener);
    } catch (RuntimeException | Error e) {
      backbone.close();
      throw e;
    }
  }

  static GatewaySettings settings(Configuration configuration) {
    String group = configuration.text(MqttSetting.SHARE_GROUP);
    String probeHost = configuration.text(GatewaySetting.HTTP_HOST);
    Port probePort =
        new Port(
            configuration.port(GatewaySetting.HTTP_PORT),
            "the gateway's probes",
            "WAYBILL_GATEWAY_HTTP_PORT, or --gateway-port of up and demo");
    return new GatewaySettings(
        broker(configuration),
        new Topics(configuration.text(MqttSetting.TOPIC_PREFIX)),
        group.equals("none") ? null : group,
        GatewaySettings.Bounds.DEFAULT.taking(ConfiguredLimits.mqttPayloadBytes(configuration)),
        probeHost,
        probePort.claim(probeHost));
  }

  private static GatewaySettings.Broker broker(Configuration configuration) {
    return new GatewaySettings.Broker(
        configuration.text(MqttSetting.HOST),
        configuration.port(MqttSetting.PORT),
        configuration.flag(MqttSetting.TLS),
        textOrNull(configuration, MqttSetting.USERNAME),
        textOrNull(configuration, MqttSetting.PASSWORD),
        configuration.text(MqttSetting.CLIENT_ID, ownClientId(configuration)),
        configuration.text(ProcessSetting.ENVIRONMENT).equals("production"),
        Authorities.trust(configuration));
  }

  private static @Nullable String textOrNull(Configuration configuration, Setting setting) {
    String text = configuration.text(setting);
    return text.isEmpty() ? null : text;
  }

  /**
   * The same after a restart, so that the queue is found again, and another one for a second
   * gateway on this machine: only one can have the port of the probes.
   */
  private static String ownClientId(Configuration configuration) {
    String ofMachine = "waybill-gateway-" + hostName();
    int port = configuration.port(GatewaySetting.HTTP_PORT);
    return switch (port) {
      case GatewaySettings.DEFAULT_PROBE_PORT -> ofMachine;
      case ANY_PORT -> ofMachine + "-" + ProcessHandle.current().pid();
      default -> ofMachine + "-" + port;
    };
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "unnamed";
    }
  }

  /** Done when requests come in for the first time. */
  public CompletableFuture<?> ready() {
    return gateway.ready();
  }

  /** Done, with the reason, when the gateway can never work again. */
  public CompletableFuture<String> ended() {
    return gateway.ended();
  }

  public int probePort() {
    return gateway.probePort();
  }

  @Override
  public void close() {
    news.close();
    events.close();
    commands.close();
    gateway.close();
    backbone.close();
  }
}
