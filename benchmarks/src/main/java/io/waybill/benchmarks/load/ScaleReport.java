package io.waybill.benchmarks.load;

import io.waybill.benchmarks.load.Installation.Device;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Thousands of connected devices on two gateways: what they cost while they are silent, how many
 * files they can upload at most, and what each costs by program at 70 % of that.
 */
public final class ScaleReport {
  private static final int AT_ONCE = 64;
  private static final Duration WARM = Duration.ofSeconds(60);
  private static final Duration MOST = Duration.ofSeconds(30);
  private static final double SHARE = 0.7;
  private static final int SCRAPES = 50;

  private final Installation site;
  private final List<ServerProcess> gateways;
  private final ServerProcess api;
  private final Map<String, ProcessHandle> programs = new LinkedHashMap<>();

  private ScaleReport(Installation site, List<ServerProcess> gateways, ServerProcess api)
      throws Exception {
    this.site = site;
    this.gateways = gateways;
    this.api = api;
    for (ServerProcess gateway : gateways) {
      programs.put("gateway " + (programs.size() + 1), gateway.handle());
    }
    programs.put("control-api (workers)", api.handle());
    programs.put("PostgreSQL", site.database());
    programs.put("Mosquitto", site.broker());
    programs.put("the devices and the store (this load)", ProcessHandle.current());
  }

  /** Arguments: the checkout, devices (10 000), seconds of the steady load (300). */
  public static void main(String[] args) throws Exception {
    int count = args.length > 1 ? Integer.parseInt(args[1]) : 10_000;
    int seconds = args.length > 2 ? Integer.parseInt(args[2]) : 300;
    List<Device> devices = Installation.devices(count);
    try (Installation site = Installation.start(Path.of(args[0]), devices)) {
      List<ServerProcess> gateways =
          List.of(
              site.gateway(BrokerFolder.GATEWAYS.getFirst(), Map.of()),
              site.gateway(BrokerFolder.GATEWAYS.getLast(), Map.of()));
      new ScaleReport(site, gateways, site.controlApi())
          .measure(devices, Duration.ofSeconds(seconds));
    }
  }

  private void measure(List<Device> devices, Duration time) throws Exception {
    memory("before the first device");
    long start = System.nanoTime();
    Shares connecting = new Shares(programs);
    try (Crowd crowd = new Crowd(site.brokerPort(), devices);
        SmallFiles files = new SmallFiles(crowd)) {
      connecting.print("device that connects", crowd.size(), secondsSince(start));
      memory(crowd.size() + " devices are connected");
      appear(crowd);
      memory("each was heard of once");
      double warm = files.asManyAsPossible(AT_ONCE, WARM);
      double most = files.asManyAsPossible(AT_ONCE, MOST);
      System.out.printf(
          Locale.ROOT,
          "%n%d files at once: %.1f files a second while it warms up, %.1f then (%.0f commands)%n",
          AT_ONCE,
          warm,
          most,
          most * SmallFiles.COMMANDS);
      steadily(files, most * SHARE, time);
      memory("after the load");
      gateways.getFirst().printScrape("a gateway", SCRAPES);
      api.printScrape("control-api", SCRAPES);
    }
  }

  /** Each says that it is there; returns when the registry knows of all. */
  private void appear(Crowd crowd) throws Exception {
    long start = System.nanoTime();
    Shares shares = new Shares(programs);
    for (int number = 0; number < crowd.size(); number++) {
      crowd.member(number).appear();
    }
    // A benchmark that waits for ever says less than one that fails.
    long last = System.nanoTime() + Duration.ofMinutes(10).toNanos();
    while (number("select count(*) from devices where connection_id is not null") < crowd.size()) {
      if (System.nanoTime() > last) {
        throw new IllegalStateException("not all are known; see the logs of the gateways");
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
    System.out.printf(
        Locale.ROOT,
        "%nall %d are known to be there after %.1f s%n%n",
        crowd.size(),
        secondsSince(start));
    shares.print("device that appears", crowd.size(), secondsSince(start));
  }

  private void steadily(SmallFiles files, double perSecond, Duration time) throws Exception {
    double rows = number("select sum(tup_inserted) from pg_stat_database");
    double log = number("select pg_current_wal_insert_lsn() - '0/0'");
    long start = System.nanoTime();
    Shares shares = new Shares(programs);
    files.steadily(perSecond, time);
    double seconds = secondsSince(start);
    System.out.printf(
        Locale.ROOT,
        "%n%.1f files a second for %.0f s, %.1f completed%n%n",
        perSecond,
        seconds,
        files.done() / seconds);
    files.print();
    System.out.println();
    shares.print("command", files.done() * SmallFiles.COMMANDS, seconds);
    System.out.printf(
        Locale.ROOT,
        "%nrows written per upload: %.1f; bytes of write-ahead log: %,.0f%n",
        (number("select sum(tup_inserted) from pg_stat_database") - rows) / files.done(),
        (number("select pg_current_wal_insert_lsn() - '0/0'") - log) / files.done());
  }

  private void memory(String when) throws Exception {
    System.out.printf("%n%s, resident MiB:%n", when);
    for (ServerProcess gateway : gateways) {
      System.out.println("- gateway: " + Resident.memory(gateway.handle()));
    }
    System.out.println("- Mosquitto: " + Resident.memory(site.broker()));
    for (ServerProcess gateway : gateways) {
      System.out.println("- heap of a gateway, KiB after a collection: " + heap(gateway));
    }
    System.out.println();
  }

  private static long heap(ServerProcess gateway) throws Exception {
    String pid = "" + gateway.process().pid();
    var _ = jcmd(pid, "GC.run");
    return jcmd(pid, "GC.heap_info")
        .lines()
        .filter(line -> line.contains("total") && line.contains(" used "))
        .mapToLong(line -> Long.parseLong(line.replaceAll(".* used (\\d+)K.*", "$1")))
        .sum();
  }

  private static String jcmd(String pid, String what) throws Exception {
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    Process process = new ProcessBuilder(jcmd, pid, what).redirectErrorStream(true).start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private double number(String sql) throws SQLException {
    try (Connection connection = site.connect("waybill");
        Statement statement = connection.createStatement();
        var row = statement.executeQuery(sql)) {
      row.next();
      return row.getDouble(1);
    }
  }

  private static double secondsSince(long start) {
    return (System.nanoTime() - start) / 1e9;
  }
}
