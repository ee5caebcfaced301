package io.waybill.benchmarks.load;

import io.waybill.benchmarks.load.Fleet.Sample;
import io.waybill.benchmarks.load.Fleet.Talk;
import io.waybill.benchmarks.load.Installation.Device;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * One of two gateways is told to stop, or is killed, under load. Devices repeat what has no answer
 * after five seconds.
 */
public final class StopsReport {
  private static final Duration LOAD = Duration.ofSeconds(10);
  private static final long INTO_IT_SECONDS = 4;

  private final Installation site;
  private final Fleet fleet;
  private final Talk getStatus;
  private ServerProcess gateway;

  private StopsReport(Installation site, Fleet fleet, Talk getStatus) throws Exception {
    this.site = site;
    this.fleet = fleet;
    this.getStatus = getStatus;
    this.gateway = started();
  }

  /** Arguments: the checkout, rounds (5). */
  public static void main(String[] args) throws Exception {
    int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 5;
    List<Device> devices = Installation.devices(16);
    Map<Device, String> sessions = new ConcurrentHashMap<>();
    try (Installation site = Installation.start(Path.of(args[0]), devices);
        Fleet fleet = new Fleet(site.brokerPort(), devices)) {
      Talk getStatus = Objects.requireNonNull(Talks.about(sessions).get("get_status"));
      StopsReport report = new StopsReport(site, fleet, getStatus);
      for (Device device : devices) {
        fleet.once(device, Talks.create());
        sessions.put(device, new Capture(site, fleet, sessions).sessionOf(device));
      }
      site.gateway(BrokerFolder.GATEWAYS.getLast(), Map.of());
      fleet.run(getStatus, Duration.ZERO, LOAD);
      report.measure(rounds);
    }
  }

  private ServerProcess started() throws Exception {
    return site.gateway(BrokerFolder.GATEWAYS.getFirst(), Map.of());
  }

  private void measure(int rounds) throws Exception {
    System.out.println(
        "| one of two gateways | s until it has ended | slowest answer, s | answers | repeated |");
    System.out.println("|---|---|---|---|---|");
    for (int round = 0; round < rounds; round++) {
      print("is told to stop", () -> gateway.process().destroy());
      gateway = started();
      print("is killed", () -> gateway.process().destroyForcibly());
      gateway = started();
      print(
          "is killed, and started again at once",
          () -> {
            gateway.process().destroyForcibly();
            gateway.process().onExit().join();
            again();
          });
    }
  }

  private void again() {
    try {
      gateway = started();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private void print(String what, Runnable strike) throws Exception {
    CompletableFuture<Sample> load = underLoad();
    TimeUnit.SECONDS.sleep(INTO_IT_SECONDS);
    Process struck = gateway.process();
    long start = System.nanoTime();
    CompletableFuture<Double> ended =
        struck.onExit().thenApply(dead -> (System.nanoTime() - start) / 1e9);
    strike.run();
    double seconds = ended.join();
    Sample sample = load.join();
    System.out.printf(
        Locale.ROOT,
        "| %s | %.2f | %.1f | %,d | %d |%n",
        what,
        seconds,
        sample.slowestMillis() / 1000,
        sample.answered(),
        sample.repeated());
  }

  /** On a thread of its own: those of the common pool are few, and tell of processes that end. */
  private CompletableFuture<Sample> underLoad() {
    CompletableFuture<Sample> load = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(() -> {
          try {
            load.complete(fleet.run(getStatus, Duration.ZERO, LOAD));
          } catch (InterruptedException | RuntimeException e) {
            load.completeExceptionally(e);
          }
        });
    return load;
  }
}
