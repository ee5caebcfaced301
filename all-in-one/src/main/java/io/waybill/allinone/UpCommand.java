package io.waybill.allinone;

import io.waybill.allinone.fleet.Fleet;
import io.waybill.allinone.stack.Service;
import io.waybill.allinone.stack.Stack;
import io.waybill.allinone.stack.StackPlan;
import io.waybill.server.command.Foreground;
import io.waybill.server.command.Settings;
import io.waybill.server.config.StartupFailure;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code waybill up}: the whole stack in the foreground, until it is told to stop. */
@Command(
    name = "up",
    description = {
      "Runs database, object storage, broker, API and gateway until Ctrl-C.",
      "A part whose address is configured (WAYBILL_DATABASE_URL, WAYBILL_STORAGE_ENDPOINT,"
          + " WAYBILL_MQTT_HOST) is used instead of starting one."
    },
    mixinStandardHelpOptions = true)
final class UpCommand implements Callable<Integer> {
  private static final int MOST_DEVICES = 40;

  @Mixin private StackOptions options = new StackOptions();

  @Option(
      names = "--services",
      split = ",",
      paramLabel = "SERVICE",
      description = "only these of postgres, storage, broker, control-api, gateway")
  private List<String> services = List.of();

  @Option(
      names = "--devices",
      paramLabel = "N",
      description =
          "also N simulated machines, each with a real agent: they record, upload, lose their power,"
              + " are paused, and come back (about 120 MB of memory and, a minute, 10 MB of disk each)")
  private int devices;

  @Override
  public Integer call() throws InterruptedException {
    if (devices < 0 || devices > MOST_DEVICES) {
      throw new StartupFailure("--devices is a number from 0 to " + MOST_DEVICES);
    }
    long begin = System.nanoTime();
    StackPlan plan = options.plan(wanted(), Settings.quiet());
    System.out.println("Starting in " + plan.folder().toAbsolutePath().normalize() + " ...");
    Stack stack = Stack.start(plan, line -> System.out.println("  " + line));
    Fleet fleet = Fleet.start(stack.configuration(), plan.folder().resolve("fleet"), devices);
    Foreground foreground =
        Foreground.of(
            "the stack",
            () -> {
              fleet.close();
              stack.close();
            },
            stack.ended());
    Addresses.of(stack).forEach(System.out::println);
    System.out.printf(Locale.ROOT, "ready in %.1f s%n", (System.nanoTime() - begin) / 1e9);
    System.out.flush();
    return foreground.await();
  }

  private Set<Service> wanted() {
    return services.isEmpty()
        ? EnumSet.allOf(Service.class)
        : EnumSet.copyOf(services.stream().map(Service::of).toList());
  }
}
