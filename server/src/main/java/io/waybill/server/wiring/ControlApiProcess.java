package io.waybill.server.wiring;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.waybill.controlapi.ApiParts;
import io.waybill.controlapi.ApiSettings;
import io.waybill.controlapi.ControlApi;
import io.waybill.controlapi.connection.ConnectionLimits;
import io.waybill.controlapi.connection.Network;
import io.waybill.controlapi.edge.Sources;
import io.waybill.controlapi.live.EventStreams;
import io.waybill.core.access.UserTokens;
import io.waybill.core.app.UseCases;
import io.waybill.doors.ThreadWaits;
import io.waybill.postgres.OutboxListener;
import io.waybill.server.config.Configuration;
import io.waybill.server.config.HttpSetting;
import io.waybill.server.config.Port;
import io.waybill.server.config.StartupFailure;
import io.waybill.server.config.WorkerSetting;
import io.waybill.workers.Alarm;
import io.waybill.workers.Workers;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The HTTP API and its workers as one running thing. */
public final class ControlApiProcess implements AutoCloseable {
  private final Backbone backbone;
  private final ControlApi api;
  private final @Nullable ControlApi brokers;
  private final @Nullable Workers workers;
  private final OutboxListener news;

  private ControlApiProcess(
      Backbone backbone,
      ControlApi api,
      @Nullable ControlApi brokers,
      @Nullable Workers workers,
      OutboxListener news) {
    this.backbone = backbone;
    this.api = api;
    this.brokers = brokers;
    this.workers = workers;
    this.news = news;
  }

  /** Starts; the database and the store may come later. */
  public static ControlApiProcess start(Configuration configuration) {
    ProductionRules.check(configuration);
    UserTokens tokens = People.of(configuration);
    ApiSettings settings = settings(configuration);
    PrometheusMeterRegistry registry = Meters.of(configuration);
    Backbone backbone =
        Backbone.open(configuration, new FactMetrics(registry)).measured(registry, "control-api");
    UseCases useCases = backbone.useCases(tokens);
    try {
      ApiParts parts =
          new ApiParts(
              useCases,
              registry,
              backbone.checks(),
              backbone.ports().ids(),
              new ThreadWaits(),
              backbone.tracer());
      ControlApi brokers = BrokerDoor.of(configuration, settings, parts);
      ControlApi api = ControlApi.start(settings, parts);
      Alarm news = new Alarm();
      return new ControlApiProcess(
          backbone,
          api,
          brokers,
          workers(configuration, backbone, registry, news),
          backbone.listening(() -> {
            api.wake();
            news.ring();
          }));
    } catch (RuntimeException | Error e) {
      backbone.close();
      throw e;
    }
  }

  private static ApiSettings settings(Configuration configuration) {
    String host = configuration.text(HttpSetting.HOST);
    Port port =
        new Port(
            configuration.port(HttpSetting.PORT),
            "the API",
            "WAYBILL_HTTP_PORT, or --http-port of up and demo");
    return ApiSettings.DEFAULT
        .listeningOn(host, port.claim(host))
        .behind(proxies(configuration))
        .allowing(Set.copyOf(configuration.list(HttpSetting.CORS_ORIGINS)))
        .bounded(
            ConfiguredLimits.httpBodyBytes(configuration),
            configuration.number(HttpSetting.MAX_CONNECTIONS, 16, 1 << 16),
            ConnectionLimits.DEFAULT.perAddress(
                configuration.number(HttpSetting.MAX_CONNECTIONS_PER_ADDRESS, 1, 1 << 16)))
        .streaming(streams(configuration));
  }

  private static EventStreams.Sizes streams(Configuration configuration) {
    return new EventStreams.Sizes(
        configuration.number(HttpSetting.MAX_STREAMS, 1, 1 << 16),
        configuration.number(HttpSetting.MAX_STREAMS_PER_CALLER, 1, 1 << 16),
        EventStreams.Sizes.DEFAULT.queue(),
        Duration.ofSeconds(configuration.number(HttpSetting.STREAM_HEARTBEAT_SECONDS, 1, 60)));
  }

  private static Sources proxies(Configuration configuration) {
    try {
      return new Sources(
          configuration.list(HttpSetting.TRUSTED_PROXIES).stream().map(Network::parse).toList());
    } catch (IllegalArgumentException e) {
      throw new StartupFailure(
          "%s must be addresses or networks such as 10.0.0.0/8, separated by commas"
              .formatted(HttpSetting.TRUSTED_PROXIES.variable()));
    }
  }

  private static @Nullable Workers workers(
      Configuration configuration,
      Backbone backbone,
      PrometheusMeterRegistry registry,
      Alarm news) {
    if (!configuration.flag(WorkerSetting.ENABLED)) {
      return null;
    }
    return BackgroundWork.start(configuration, backbone, registry, news);
  }

  public int port() {
    return api.port();
  }

  @Override
  public void close() {
    news.close();
    api.close();
    if (brokers != null) {
      brokers.close();
    }
    if (workers != null) {
      workers.close();
    }
    backbone.close();
  }
}
