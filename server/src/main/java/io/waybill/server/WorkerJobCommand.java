package io.waybill.server;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.waybill.server.command.Settings;
import io.waybill.server.config.Configuration;
import io.waybill.server.wiring.Backbone;
import io.waybill.server.wiring.BackgroundWork;
import io.waybill.workers.JobName;
import io.waybill.workers.RunOnce;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code waybill admin worker}: background work by hand. */
@Command(
    name = "worker",
    description = "Does one kind of background work by hand.",
    mixinStandardHelpOptions = true)
final class WorkerJobCommand implements Runnable {

  @Spec private @Nullable CommandSpec spec;

  @Override
  public void run() {
    CommandLine.usage(this, System.out);
  }

  @Command(
      name = "run-once",
      description =
          "Runs one worker until there is nothing more for it to do at once, beside those that"
              + " run anyway, and says what it did; ends with 1 when something stays due.",
      mixinStandardHelpOptions = true)
  int runOnce(
      @Parameters(arity = "0..1", paramLabel = "NAME", description = "which; without it: a list")
          @Nullable String name)
      throws InterruptedException {
    JobName job =
        JobName.of(name == null ? "" : name).orElseThrow(() -> new NoSuchWorker(spec, name));
    Configuration configuration = Settings.quiet();
    MeterRegistry registry = new SimpleMeterRegistry();
    try (Backbone backbone = Backbone.patient(configuration)) {
      RunOnce.Result done = BackgroundWork.byHand(configuration, backbone, registry).run(job);
      System.out.printf(
          "%s: %d rounds, %d items, %d errors%n",
          job.text(), done.rounds(), done.items(), done.errors());
      return done.errors() == 0 ? 0 : 1;
    }
  }

  /** Says which ones there are. */
  private static final class NoSuchWorker extends ParameterException {
    private static final long serialVersionUID = 1;

    NoSuchWorker(@Nullable CommandSpec spec, @Nullable String name) {
      super(
          Objects.requireNonNull(spec).commandLine(),
          (name == null ? "which worker?" : "there is no worker named " + name)
              + Arrays.stream(JobName.values())
                  .map(job -> "%n  %-14s %s".formatted(job.text(), job.does()))
                  .collect(Collectors.joining()));
    }
  }
}
