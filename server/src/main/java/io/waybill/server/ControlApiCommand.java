package io.waybill.server;

import io.waybill.server.command.Foreground;
import io.waybill.server.command.Settings;
import io.waybill.server.config.Configuration;
import io.waybill.server.config.HttpSetting;
import io.waybill.server.wiring.ControlApiProcess;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine.Command;

/** {@code waybill control-api}: the HTTP API and its workers against configured services. */
@Command(
    name = "control-api",
    description = "Runs the HTTP API and its background workers against configured services.",
    mixinStandardHelpOptions = true)
final class ControlApiCommand implements Callable<Integer> {
  @Override
  public Integer call() {
    Configuration configuration = Settings.talkative();
    ControlApiProcess api = ControlApiProcess.start(configuration);
    Foreground foreground = Foreground.of("control-api", api, new CompletableFuture<>());
    System.out.println(
        "control-api listens on http://%s:%d"
            .formatted(configuration.text(HttpSetting.HOST), api.port()));
    return foreground.await();
  }
}
