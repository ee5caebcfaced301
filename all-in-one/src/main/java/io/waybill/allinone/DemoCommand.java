package io.waybill.allinone;

import io.waybill.allinone.demo.Demo;
import io.waybill.allinone.stack.Service;
import io.waybill.allinone.stack.Stack;
import io.waybill.allinone.stack.StackPlan;
import io.waybill.server.command.Foreground;
import io.waybill.server.command.ReadyPage;
import io.waybill.server.command.Settings;
import io.waybill.server.config.Configuration;
import io.waybill.server.config.DatabaseSetting;
import io.waybill.server.config.HttpSetting;
import io.waybill.server.config.StartupFailure;
import io.waybill.server.config.StorageSetting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code waybill demo}: the main job on real input, start to finish. */
@Command(
    name = "demo",
    description = {
      "Gets a file off a device and back: over MQTT, straight to storage, then by a download URL.",
      "Uses a running stack if there is one, else starts its own and stops it afterwards."
    },
    mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
  private static final int READY_TRIES = 10;

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description = "what to send (default: a small real recording)")
  private @Nullable Path file;

  @Option(names = "--keep", description = "leave the stack running afterwards, until Ctrl-C")
  private boolean keep;

  @Option(
      names = "--watch",
      description = "open the console on the upload that is made, and leave the stack running")
  private boolean watch;

  @Mixin private StackOptions options = new StackOptions();

  @Override
  public Integer call() {
    Path recording = file == null ? Settings.home().resolve("seeds/robot-run-42.mcap") : file;
    if (!Files.isRegularFile(recording) || !Files.isReadable(recording)) {
      throw new StartupFailure(recording + " is no file that can be read");
    }
    Configuration configuration = Settings.quiet();
    StackPlan plan = options.plan(EnumSet.allOf(Service.class), configuration);
    if (api(plan.expected()).down().isEmpty()) {
      return startAndSend(plan, recording);
    }
    System.out.println("Using the stack that is running.");
    requireReady(plan.expected());
    demo(plan.expected()).send(recording);
    return 0;
  }

  private Demo demo(Configuration configuration) {
    return new Demo(
        configuration,
        System.out,
        task -> {
          if (watch) {
            ConsolePage.ofUpload(configuration, task).open();
          }
        });
  }

  private static ReadyPage api(Configuration configuration) {
    return ReadyPage.of(configuration, HttpSetting.HOST, HttpSetting.PORT);
  }

  /** Better a reason now than a device that waits for a minute without one. */
  private static void requireReady(Configuration configuration) {
    ReadyPage page = api(configuration);
    List<String> down = page.down().orElse(List.of("the API"));
    for (int left = READY_TRIES; !down.isEmpty() && left > 0; left--) {
      LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
      down = page.down().orElse(List.of("the API"));
    }
    if (!down.isEmpty()) {
      throw new StartupFailure(
          "%s does not answer (storage is %s, the database %s): ./waybill doctor says what to do"
              .formatted(
                  String.join(" and ", down),
                  configuration.text(StorageSetting.ENDPOINT),
                  configuration.text(DatabaseSetting.URL).replaceFirst("\\?.*", "")));
    }
  }

  private int startAndSend(StackPlan plan, Path recording) {
    long begin = System.nanoTime();
    System.out.println("Starting in " + plan.folder().toAbsolutePath().normalize() + " ...");
    Stack stack = Stack.start(plan, line -> System.out.println("  " + line));
    Foreground foreground = Foreground.of("the stack", stack, stack.ended());
    System.out.printf(Locale.ROOT, "ready in %.1f s%n", (System.nanoTime() - begin) / 1e9);
    requireReady(stack.configuration());
    demo(stack.configuration()).send(recording);
    if (keep || watch) {
      Addresses.of(stack).forEach(System.out::println);
      return foreground.await();
    }
    return 0;
  }
}
