package io.waybill.benchmarks.load;

import com.sun.net.httpserver.HttpServer;
import io.waybill.benchmarks.load.Fleet.Talk;
import io.waybill.benchmarks.load.Installation.Device;
import io.waybill.core.trace.Tracer;
import io.waybill.server.config.TracesSetting;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * What traces cost. Two gateways share the requests of one fleet at the same time; one tells of no
 * trace, the other of some, and the CPU that a request takes in each is compared.
 */
public final class TracesReport {
  private static final Duration WARM_UP = Duration.ofSeconds(40);
  private static final int CALLS = 100_000_000;

  private final Installation site;
  private final Fleet fleet;
  private final Talk getStatus;
  private final int rounds;
  private final Duration time;

  private TracesReport(Installation site, Fleet fleet, Talk getStatus, int rounds, Duration time) {
    this.site = site;
    this.fleet = fleet;
    this.getStatus = getStatus;
    this.rounds = rounds;
    this.time = time;
  }

  /** Arguments: the checkout, rounds (5), seconds of each (10). */
  public static void main(String[] args) throws Exception {
    int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 5;
    int seconds = args.length > 2 ? Integer.parseInt(args[2]) : 10;
    System.out.printf(
        Locale.ROOT, "A call of the tracer that tells nobody: %.2f ns%n%n", nanosOfNone());
    List<Device> devices = Installation.devices(16);
    Map<Device, String> sessions = new ConcurrentHashMap<>();
    try (Installation site = Installation.start(Path.of(args[0]), devices);
        Fleet fleet = new Fleet(site.brokerPort(), devices)) {
      open(site, fleet, devices, sessions);
      Talk getStatus = Objects.requireNonNull(Talks.about(sessions).get("get_status"));
      TracesReport report =
          new TracesReport(site, fleet, getStatus, rounds, Duration.ofSeconds(seconds));
      System.out.println(
          "| the other gateway tells of | its CPU per get_status ÷ that of one that tells nobody,"
              + " each round | median | µs, median |");
      System.out.println("|---|---|---|---|");
      report.compare("nothing", Map.of());
      HttpServer collector = collector();
      try {
        report.compare("a tenth", told(collector, "0.1"));
        report.compare("all", told(collector, "1"));
      } finally {
        collector.stop(0);
      }
    }
  }

  /** An upload of each device, to be asked about. */
  private static void open(
      Installation site, Fleet fleet, List<Device> devices, Map<Device, String> sessions)
      throws Exception {
    ServerProcess gateway = site.gateway();
    for (Device device : devices) {
      fleet.once(device, Talks.create());
      sessions.put(device, new Capture(site, fleet, sessions).sessionOf(device));
    }
    gateway.end();
  }

  /** It takes whatever comes. */
  private static HttpServer collector() throws IOException {
    HttpServer collector =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    collector.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    collector.start();
    return collector;
  }

  private static Map<String, String> told(HttpServer collector, String share) {
    return Map.of(
        TracesSetting.ENDPOINT.variable(),
        "http://127.0.0.1:" + collector.getAddress().getPort(),
        TracesSetting.SAMPLE.variable(),
        share);
  }

  private void compare(String name, Map<String, String> settings) throws Exception {
    ServerProcess silent = site.gateway(BrokerFolder.GATEWAYS.getFirst(), Map.of());
    ServerProcess telling = site.gateway(BrokerFolder.GATEWAYS.getLast(), settings);
    fleet.run(getStatus, Duration.ZERO, WARM_UP);
    List<Double> ratios = new ArrayList<>();
    List<Double> micros = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      Usage before = Usage.of(silent);
      Usage beforeTelling = Usage.of(telling);
      fleet.run(getStatus, Duration.ZERO, time);
      double plain = Usage.of(silent).perRequestSince(before);
      double told = Usage.of(telling).perRequestSince(beforeTelling);
      ratios.add(told / plain);
      micros.add(plain);
    }
    String each = String.join(", ", ratios.stream().map(r -> "%.3f".formatted(r)).toList());
    System.out.printf(
        Locale.ROOT,
        "| %s | %s | %.3f | %.0f |%n",
        name,
        each,
        Figures.median(ratios),
        Figures.median(micros));
    silent.end();
    telling.end();
  }

  /** CPU and requests of a gateway so far. */
  private record Usage(double micros, double requests) {
    static Usage of(ServerProcess gateway) throws IOException, InterruptedException {
      return new Usage(Shares.micros(gateway.handle()), gateway.counted("mqtt_requests_total"));
    }

    double perRequestSince(Usage before) {
      return (micros - before.micros) / (requests - before.requests);
    }
  }

  private static double nanosOfNone() {
    Supplier<Integer> work = () -> 1;
    nanos(work, Tracer.NONE);
    nanos(work, Tracer.NONE);
    return nanos(work, Tracer.NONE);
  }

  private static double nanos(Supplier<Integer> work, Tracer tracer) {
    long sum = 0;
    long start = System.nanoTime();
    for (int i = 0; i < CALLS; i++) {
      sum += work.get();
    }
    long bare = System.nanoTime() - start;
    start = System.nanoTime();
    for (int i = 0; i < CALLS; i++) {
      sum += tracer.inside("sql", "sessions.find", work);
    }
    long through = System.nanoTime() - start;
    if (sum != 2L * CALLS) {
      throw new IllegalStateException("not all calls were made");
    }
    return (through - bare) / (double) CALLS;
  }
}
