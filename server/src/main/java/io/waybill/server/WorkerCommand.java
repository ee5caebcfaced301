package io.waybill.server;

import io.waybill.server.command.Foreground;
import io.waybill.server.command.Settings;
import io.waybill.server.config.Configuration;
import io.waybill.server.config.WorkerSetting;
import io.waybill.server.wiring.WorkerProcess;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine.Command;

/** {@code waybill worker}: the background workers alone, against configured services. */
@Command(
    name = "worker",
    description = {
      "Runs the background workers alone, against configured services; any number of them at once.",
      "control-api runs the same workers unless WAYBILL_WORKERS_ENABLED=false."
    },
    mixinStandardHelpOptions = true)
final class WorkerCommand implements Callable<Integer> {
  @Override
  public Integer call() {
    Configuration configuration = Settings.talkative();
    WorkerProcess worker = WorkerProcess.start(configuration);
    Foreground foreground = Foreground.of("the workers", worker, new CompletableFuture<>());
    System.out.println(
        "worker answers probes on http://%s:%d"
            .formatted(configuration.text(WorkerSetting.HTTP_HOST), worker.probePort()));
    return foreground.await();
  }
}
