package io.waybill.allinone;

import io.waybill.allinone.embedded.EmbeddedPostgres;
import io.waybill.allinone.embedded.EmbeddedStore;
import io.waybill.allinone.stack.Service;
import io.waybill.allinone.stack.StackPlan;
import io.waybill.server.command.Settings;
import io.waybill.server.config.Configuration;
import io.waybill.server.config.GatewaySetting;
import io.waybill.server.config.HttpSetting;
import io.waybill.server.config.MqttSetting;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of every command that starts a stack. */
final class StackOptions {
  @Option(
      names = "--data-dir",
      paramLabel = "FOLDER",
      description = "where everything is kept that survives a restart (default: .waybill here)")
  @Nullable Path dataDirectory;

  @Option(
      names = "--postgres-port",
      paramLabel = "PORT",
      description = "0 takes any free one (default: ${DEFAULT-VALUE})",
      defaultValue = "" + EmbeddedPostgres.Settings.DEFAULT_PORT)
  int postgresPort;

  @Option(
      names = "--storage-port",
      paramLabel = "PORT",
      description = "(default: ${DEFAULT-VALUE})",
      defaultValue = "" + EmbeddedStore.Settings.DEFAULT_PORT)
  int storagePort;

  @Option(
      names = "--mqtt-port",
      paramLabel = "PORT",
      description = "(default: WAYBILL_MQTT_PORT or 11883)")
  @Nullable Integer mqttPort;

  @Option(
      names = "--http-port",
      paramLabel = "PORT",
      description = "of the API (default: WAYBILL_HTTP_PORT or 18080)")
  @Nullable Integer httpPort;

  @Option(
      names = "--gateway-port",
      paramLabel = "PORT",
      description =
          "of the gateway's probes and metrics (default: WAYBILL_GATEWAY_HTTP_PORT or 18082)")
  @Nullable Integer gatewayPort;

  StackPlan plan(Set<Service> services, Configuration configuration) {
    return new StackPlan(
        dataDirectory == null ? Settings.home().resolve(".waybill") : dataDirectory,
        services,
        new StackPlan.Ports(
            postgresPort,
            storagePort,
            mqttPort == null ? configuration.port(MqttSetting.PORT) : mqttPort,
            httpPort == null ? configuration.port(HttpSetting.PORT) : httpPort,
            gatewayPort == null ? configuration.port(GatewaySetting.HTTP_PORT) : gatewayPort),
        configuration);
  }
}
