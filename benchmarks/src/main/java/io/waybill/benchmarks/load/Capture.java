package io.waybill.benchmarks.load;

import io.waybill.benchmarks.load.Fleet.Talk;
import io.waybill.benchmarks.load.Installation.Device;
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
import java.util.Map;
import java.util.Set;

/**
 * Each command's statements as scripts, one of each device, read from the log of the database.
 *
 * @param sessions one per device, found on the way
 */
record Capture(Installation site, Fleet fleet, Map<Device, String> sessions) {

  Map<String, List<Path>> scripts(List<Device> devices, Map<String, Talk> talks) throws Exception {
    tellLog("all");
    ServerProcess gateway = site.gateway();
    fleet.run(Talks.create(), Duration.ZERO, Duration.ofMillis(1500));
    for (Device device : devices) {
      sessions.put(device, sessionOf(device));
    }
    Map<String, List<Path>> scripts = new LinkedHashMap<>();
    for (Map.Entry<String, Talk> talk : talks.entrySet()) {
      fleet.run(talk.getValue(), Duration.ZERO, Duration.ofMillis(1500)); // warms every cache
      List<Path> ofEach = new ArrayList<>();
      for (int number = 0; number < devices.size(); number++) {
        ofEach.add(script(devices.get(number), number, talk));
      }
      scripts.put(talk.getKey(), ofEach);
    }
    gateway.end();
    tellLog("none");
    return scripts;
  }

  /** An upload of this device. */
  String sessionOf(Device device) throws SQLException {
    return texts(
            "select id from upload_sessions where source_device_id = '%s' limit 1"
                .formatted(device.id()))
        .getFirst();
  }

  private Path script(Device device, int number, Map.Entry<String, Talk> talk) throws Exception {
    Path log = site.databaseLog();
    long from = Files.readString(log).length();
    fleet.once(device, talk.getValue());
    List<Replay.Sent> sent = Replay.read(log, from); // before our own questions are in the log
    Set<String> known = new HashSet<>(sessions.values());
    known.addAll(ids());
    String file = talk.getKey().replaceAll("\\W+", "-") + "-" + number + ".sql";
    Path script = site.folder().resolve(file);
    Files.writeString(script, Replay.script(sent, known, number));
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
}
