package io.waybill.benchmarks.load;

import io.waybill.benchmarks.load.Fleet.Sample;
import io.waybill.benchmarks.load.Fleet.Talk;
import io.waybill.benchmarks.load.Installation.Device;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Round trips over MQTT beside the bare echo through the same broker and the same statements sent
 * by pgbench over as many connections, one after the other in every round; medians of the rounds.
 */
public final class LoadReport {
  private static final int DEVICES = 16;
  private static final String API = "control-api";
  private static final String READ = "GET /v1/uploads/{id}";
  private static final Duration WARM_UP = Duration.ofSeconds(2);

  private final Installation site;
  private final Fleet fleet;
  private final Duration time;
  private final Figures figures = new Figures();
  private final Map<String, ProcessHandle> programs = new LinkedHashMap<>();

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
    Map<String, List<Path>> scripts = new Capture(site, fleet, sessions).scripts(devices, talks);
    ServerProcess gateway = site.gateway();
    ServerProcess api = site.controlApi();
    programs.put("gateway", gateway.handle());
    programs.put("broker", site.broker());
    programs.put("PostgreSQL", site.database());
    for (int round = 1; round <= rounds; round++) {
      Sample echo = fleet.run(Talks.echo(), WARM_UP, time);
      Sample slowEcho = fleet.steadily(Talks.echo(), echo.perSecond() / 2, WARM_UP, time);
      figures.echo(echo);
      System.err.printf("round %d: echo %.0f%n", round, echo.perSecond());
      for (Map.Entry<String, Talk> talk : talks.entrySet()) {
        List<Path> ofEach = Objects.requireNonNull(scripts.get(talk.getKey()));
        measure(talk.getKey(), talk.getValue(), ofEach, echo, slowEcho);
      }
      reads(api, sessions);
    }
    figures.print(talks.keySet());
    System.out.println();
    figures.printHalves(talks.keySet());
    System.out.println();
    figures.printCpu(talks.keySet(), programs.keySet());
    System.out.println();
    figures.printCpu(Set.of(READ), Set.of(API));
    System.out.println("\ngateway, resident MiB: " + Resident.memory(gateway.handle()));
    System.out.println("control-api, resident MiB: " + Resident.memory(api.handle()));
  }

  private void measure(String name, Talk talk, List<Path> scripts, Sample echo, Sample slowEcho)
      throws IOException, InterruptedException {
    Pgbench pgbench = new Pgbench(site, time);
    double statements = pgbench.run(scripts);
    Map<String, Double> before = micros();
    Sample sample = fleet.run(talk, WARM_UP, time);
    micros()
        .forEach((program, after) ->
            figures.cpu(
                name,
                program,
                (after - before.getOrDefault(program, Double.NaN)) / sample.answered()));
    figures.command(name, sample, echo, statements);
    Sample half = fleet.steadily(talk, sample.perSecond() / 2, WARM_UP, time);
    figures.half(name, half, slowEcho, pgbench.p99Millis(scripts, statements / 2));
    System.err.printf(
        "  %s: pgbench %.0f, gateway %.0f (failed %d)%n",
        name, statements, sample.perSecond(), sample.failed() + half.failed());
  }

  private void reads(ServerProcess api, Map<Device, String> sessions)
      throws IOException, InterruptedException {
    HttpReads reads = new HttpReads(site.api(), sessions);
    long _ = reads.run(WARM_UP);
    double before = Shares.micros(api.handle());
    long answered = reads.run(time);
    figures.cpu(READ, API, (Shares.micros(api.handle()) - before) / answered);
  }

  private Map<String, Double> micros() throws IOException {
    Map<String, Double> micros = new LinkedHashMap<>();
    for (Map.Entry<String, ProcessHandle> program : programs.entrySet()) {
      micros.put(program.getKey(), Shares.micros(program.getValue()));
    }
    return micros;
  }
}
