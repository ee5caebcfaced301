package io.waybill.server;

import io.waybill.server.command.Foreground;
import io.waybill.server.command.Settings;
import io.waybill.server.config.Configuration;
import io.waybill.server.config.GatewaySetting;
import io.waybill.server.config.MqttSetting;
import io.waybill.server.wiring.GatewayProcess;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code waybill gateway}: the MQTT gateway against configured services. */
@Command(
    name = "gateway",
    description = "Runs the MQTT gateway against configured services.",
    mixinStandardHelpOptions = true)
final class GatewayCommand implements Callable<Integer> {
  @Override
  public Integer call() {
    Configuration configuration = Settings.talkative();
    GatewayProcess gateway = GatewayProcess.start(configuration);
    Foreground foreground = Foreground.of("the gateway", gateway, gateway.ended());
    System.out.println(
        "gateway answers probes on http://%s:%d"
            .formatted(configuration.text(GatewaySetting.HTTP_HOST), gateway.probePort()));
    var _ =
        gateway
            .ready()
            .thenRun(() ->
                System.out.println(
                    "gateway takes requests from %s:%s"
                        .formatted(
                            configuration.text(MqttSetting.HOST),
                            configuration.text(MqttSetting.PORT))));
    return foreground.await();
  }
}
