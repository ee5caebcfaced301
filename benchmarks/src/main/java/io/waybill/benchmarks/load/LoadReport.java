package io.waybill.benchmarks.load;

import io.waybill.benchmarks.load.Fleet.Sample;
import io.waybill.benchmarks.load.Fleet.Talk;
import io.waybill.benchmarks.load.Installation.Device;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Round trips over MQTT beside the bare echo through the same broker and the same statements sent
 * by pgbench over as many connections, one after the other in every round; medians of the rounds.
 */
public final class LoadReport {
  private static final int DEVICES = 16;
  private static final int CONNECTIONS = Runtime.getRuntime().availableProcessors() * 2 + 1;
  private static final Duration WARM_UP = Duration.ofSeconds(2);
  private static final int PARTS = 10_000;

  private final Installation site;
  private final Fleet fleet;
  private final Map<Device, String> sessions = new ConcurrentHashMap<>();
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
    Map<String, Talk> talks = talks();
    Map<String, Path> scripts = capture(devices, talks);
    Process gateway = site.gateway();
    Process api = site.controlApi();
    Map<String, List<Double>> figures = new LinkedHashMap<>();
    for (int round = 0; round < rounds; round++) {
      Sample echo = fleet.run(echo(), WARM_UP, time);
      note(figures, "echo", echo);
      for (Map.Entry<String, Talk> talk : talks.entrySet()) {
        double statements = pgbench(Objects.requireNonNull(scripts.get(talk.getKey())));
        Sample sample = fleet.run(talk.getValue(), WARM_UP, time);
        note(figures, talk.getKey(), sample);
        double h = 1 / (1 / echo.perSecond() + 1 / statements);
        figures.computeIfAbsent(talk.getKey() + " db", k -> new ArrayList<>()).add(statements);
        figures
            .computeIfAbsent(talk.getKey() + " H", k -> new ArrayList<>())
            .add(sample.perSecond() / h);
        System.err.printf(
            "round %d: echo %.0f, %s: pgbench %.0f, gateway %.0f (failed %d)%n",
            round + 1,
            echo.perSecond(),
            talk.getKey(),
            statements,
            sample.perSecond(),
            sample.failed());
      }
    }
    print(figures, talks.keySet());
    System.out.println();
    System.out.println("gateway, resident MiB: " + Installation.memory(gateway));
    System.out.println("control-api, resident MiB: " + Installation.memory(api));
  }

  private static void note(Map<String, List<Double>> figures, String name, Sample sample) {
    figures.computeIfAbsent(name, k -> new ArrayList<>()).add(sample.perSecond());
    figures.computeIfAbsent(name + " p50", k -> new ArrayList<>()).add(sample.p50Millis());
    figures.computeIfAbsent(name + " p99", k -> new ArrayList<>()).add(sample.p99Millis());
  }

  private static Talk echo() {
    return new Talk(
        "progress",
        (device, id, n) ->
            "{\"request_id\":\"%s\",\"command\":\"get_status\",\"payload\":{\"session_id\":\"%s\"}}"
                .formatted(id, device.id()));
  }

  private Map<String, Talk> talks() {
    Map<String, Talk> talks = new LinkedHashMap<>();
    talks.put("get_status", command("get_status", n -> ""));
    talks.put(
        "presign_parts, 1", command("presign_parts", n -> ",\"part_numbers\":[" + part(n) + "]"));
    talks.put(
        "presign_parts, 100 compact",
        command(
            "presign_parts",
            n -> ",\"part_number_start\":1,\"part_number_end\":100,\"encoding\":\"compact\""));
    talks.put(
        "acknowledge_part",
        command(
            "acknowledge_part",
            n ->
                ",\"parts\":[{\"part_number\":%d,\"etag\":\"e\",\"size_bytes\":5242880}]"
                    .formatted(part(n))));
    talks.put("create_session", create());
    return talks;
  }

  private static long part(long number) {
    return number % PARTS + 1;
  }

  private Talk command(String name, java.util.function.LongFunction<String> more) {
    return new Talk(
        "request",
        (device, id, n) ->
            "{\"request_id\":\"%s\",\"command\":\"%s\",\"payload\":{\"session_id\":\"%s\"%s}}"
                .formatted(id, name, sessions.getOrDefault(device, ""), more.apply(n)));
  }

  private static Talk create() {
    return new Talk(
        "request",
        (device, id, n) ->
            ("{\"request_id\":\"%s\",\"command\":\"create_session\",\"payload\":{\"project_id\":\"%s\","
                    + "\"objects\":[{\"object_name\":\"run.mcap\",\"file_size_bytes\":%d,"
                    + "\"part_size_bytes\":5242880}]}}")
                .formatted(id, Installation.PROJECT, PARTS * 5_242_880L));
  }

  /** One session per device, and each command's statements as a script. */
  private Map<String, Path> capture(List<Device> devices, Map<String, Talk> talks)
      throws Exception {
    tellLog("all");
    Process gateway = site.gateway();
    fleet.run(create(), Duration.ZERO, Duration.ofMillis(1500));
    for (Device device : devices) {
      sessions.put(
          device,
          text(
              "select id from upload_sessions where source_device_id = '"
                  + device.id()
                  + "' limit 1"));
    }
    Map<String, Path> scripts = new LinkedHashMap<>();
    for (Map.Entry<String, Talk> talk : talks.entrySet()) {
      fleet.run(talk.getValue(), Duration.ZERO, Duration.ofMillis(1500)); // warms every cache
      scripts.put(talk.getKey(), capture(devices.getFirst(), talk.getKey(), talk.getValue()));
    }
    gateway.destroy();
    gateway.onExit().join();
    tellLog("none");
    return scripts;
  }

  private Path capture(Device device, String name, Talk talk) throws Exception {
    Path log = site.databaseLog();
    long from = Files.readString(log).length();
    fleet.once(device, talk);
    List<Replay.Sent> sent = Replay.read(log, from); // before our own questions are in the log
    Set<String> known = new HashSet<>(sessions.values());
    known.addAll(ids());
    Path script = site.folder().resolve(name.replaceAll("\\W+", "-") + ".sql");
    Files.writeString(script, Replay.script(sent, known));
    return script;
  }

  private Set<String> ids() throws SQLException {
    Set<String> ids = new HashSet<>();
    for (String table : List.of("tenants", "projects", "devices", "storage_policies", "api_keys")) {
      ids.addAll(texts("select id from " + table));
    }
    for (String column : List.of("task_id", "object_id", "dataset_id")) {
      ids.addAll(
          texts(
              "select %s from upload_sessions where id in ('%s')"
                  .formatted(column, String.join("','", sessions.values()))));
    }
    return ids;
  }

  private void tellLog(String what) throws SQLException {
    try (Connection connection = site.connect("postgres");
        Statement statement = connection.createStatement()) {
      statement.execute("alter role waybill set log_statement = '" + what + "'");
      statement.execute("alter role waybill set log_parameter_max_length = -1");
    }
  }

  private String text(String sql) throws SQLException {
    return texts(sql).getFirst();
  }

  private List<String> texts(String sql) throws SQLException {
    try (Connection connection = site.connect("waybill");
        Statement statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      List<String> texts = new ArrayList<>();
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
      return texts;
    }
  }

  private double pgbench(Path script) throws IOException, InterruptedException {
    Matcher url =
        Pattern.compile("jdbc:postgresql://([^:]+):(\\d+)/(\\w+)").matcher(site.databaseUrl());
    if (!url.matches()) {
      throw new IllegalStateException(site.databaseUrl());
    }
    ProcessBuilder builder =
        new ProcessBuilder(
                "pgbench",
                "-n",
                "-M",
                "simple",
                "-D",
                "prepared=0",
                "-c",
                "" + CONNECTIONS,
                "-j",
                "1",
                "-T",
                "" + time.toSeconds(),
                "-f",
                script.toString(),
                "-h",
                url.group(1),
                "-p",
                url.group(2),
                "-U",
                "waybill",
                url.group(3))
            .redirectErrorStream(true);
    builder.environment().put("PGPASSWORD", site.databasePassword());
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    Matcher rate = Pattern.compile("tps = ([0-9.]+)").matcher(said);
    if (process.waitFor() != 0 || !rate.find()) {
      throw new IllegalStateException("pgbench failed on " + script + ":\n" + said);
    }
    return Double.parseDouble(rate.group(1));
  }

  private static void print(Map<String, List<Double>> figures, Set<String> commands) {
    System.out.println("| | per second | p50 ms | p99 ms | its statements in pgbench | ÷ H |");
    System.out.println("|---|---|---|---|---|---|");
    System.out.printf(
        Locale.ROOT,
        "| echo | %,.0f | %.1f | %.1f | | |%n",
        median(figures, "echo"),
        median(figures, "echo p50"),
        median(figures, "echo p99"));
    for (String name : commands) {
      System.out.printf(
          Locale.ROOT,
          "| %s | %,.0f | %.1f | %.1f | %,.0f | %.2f |%n",
          name,
          median(figures, name),
          median(figures, name + " p50"),
          median(figures, name + " p99"),
          median(figures, name + " db"),
          median(figures, name + " H"));
    }
  }

  private static double median(Map<String, List<Double>> figures, String name) {
    List<Double> sorted =
        figures.getOrDefault(name, List.of(Double.NaN)).stream().sorted().toList();
    return sorted.get(sorted.size() / 2);
  }
}
