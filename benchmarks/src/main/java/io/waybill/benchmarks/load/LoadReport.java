package io.waybill.benchmarks.load;

import io.waybill.benchmarks.load.Fleet.Sample;
import io.waybill.benchmarks.load.Fleet.Talk;
import io.waybill.benchmarks.load.Installation.Device;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Round trips over MQTT beside the bare echo through the same broker and the same statements sent
 * by pgbench over as many connections, one after the other in every round; medians of the rounds.
 */
public final class LoadReport {
  private static final int DEVICES = 16;
  private static final Duration WARM_UP = Duration.ofSeconds(2);

  private final Installation site;
  private final Fleet fleet;
  private final Duration time;

  private LoadReport(Installation site, Fleet fleet, Duration time) {
    this.site = site;
    this.fleet = fleet;
    this.time = time;
  }

  /** Arguments: the checkout, rounds (5), seconds of each measurement (5). */
  public static void main(String[] args) throws Exception {
    int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 5;
    int seconds = args.length > 2 ? Integer.parseInt(args[2]) : 5;
    List<Device> devices = Installation.devices(DEVICES);
    try (Installation site = Installation.start(Path.of(args[0]), devices);
        Fleet fleet = new Fleet(site.brokerPort(), devices);
        Echo _ = new Echo(site.brokerPort())) {
      new LoadReport(site, fleet, Duration.ofSeconds(seconds)).measure(devices, rounds);
    }
  }

  private void measure(List<Device> devices, int rounds) throws Exception {
    Map<Device, String> sessions = new ConcurrentHashMap<>();
    Map<String, Talk> talks = Talks.about(sessions);
    Map<String, Path> scripts = new Capture(site, fleet, sessions).scripts(devices, talks);
    Process gateway = site.gateway();
    Process api = site.controlApi();
    Figures figures = new Figures();
    for (int round = 1; round <= rounds; round++) {
      Sample echo = fleet.run(Talks.echo(), WARM_UP, time);
      figures.echo(echo);
      System.err.printf("round %d: echo %.0f%n", round, echo.perSecond());
      for (Map.Entry<String, Talk> talk : talks.entrySet()) {
        Path script = Objects.requireNonNull(scripts.get(talk.getKey()));
        measure(figures, echo, talk, script);
      }
    }
    figures.print(talks.keySet());
    System.out.println("\ngateway, resident MiB: " + Resident.memory(gateway.toHandle()));
    System.out.println("control-api, resident MiB: " + Resident.memory(api.toHandle()));
  }

  private void measure(Figures figures, Sample echo, Map.Entry<String, Talk> talk, Path script)
      throws IOException, InterruptedException {
    double statements = new Pgbench(site, time).run(script);
    Sample sample = fleet.run(talk.getValue(), WARM_UP, time);
    figures.command(talk.getKey(), sample, echo, statements);
    System.err.printf(
        "  %s: pgbench %.0f, gateway %.0f (failed %d)%n",
        talk.getKey(), statements, sample.perSecond(), sample.failed());
  }
}
