package io.waybill.acceptance.stack;

import io.waybill.acceptance.site.Database;
import io.waybill.acceptance.site.Inspector;
import io.waybill.acceptance.site.Ports;
import io.waybill.acceptance.site.Program;
import io.waybill.acceptance.site.StoreRelay;
import io.waybill.server.config.Configuration;
import io.waybill.server.config.DatabaseSetting;
import io.waybill.server.config.MqttSetting;
import io.waybill.server.config.StorageSetting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** {@code ./waybill up} on one data folder and its own ports, and who speaks to it. */
final class Up implements AutoCloseable {
  private static final List<String> PORTS =
      List.of("postgres", "storage", "mqtt", "http", "gateway");

  /** The name by which the broker knows its gateway. */
  static final String GATEWAY = "waybill-gateway-of-up";

  private final Path folder;
  private final Program.Host host;
  private final Map<String, Integer> ports = new TreeMap<>();
  private final StoreRelay relay;
  private final List<Program> running = new ArrayList<>();

  Up(Path folder, Program.Host host) {
    this.folder = folder;
    this.host = host;
    PORTS.forEach(part -> ports.put(part, Ports.free()));
    this.relay = StoreRelay.to(port("storage"));
  }

  int port(String part) {
    return ports.getOrDefault(part, 0);
  }

  /** Starts it; it is not ready when this returns. */
  Program start(String... more) {
    return start(ports, more);
  }

  /** Starts one more on the same data folder, in nobody's way. */
  Program startAnother() {
    Map<String, Integer> others = new TreeMap<>();
    PORTS.forEach(part -> others.put(part, Ports.free()));
    return start(others);
  }

  private Program start(Map<String, Integer> ports, String... more) {
    List<String> arguments = new ArrayList<>(List.of("up", "--data-dir", data().toString()));
    ports.forEach((part, port) -> arguments.addAll(List.of("--" + part + "-port", "" + port)));
    arguments.addAll(List.of(more));
    return run(
        host,
        "up",
        Map.of(
            StorageSetting.PUBLIC_ENDPOINT.variable(),
            relay.address().toString(),
            MqttSetting.CLIENT_ID.variable(),
            GATEWAY,
            "HOME",
            folder.toString(),
            "XDG_CACHE_HOME",
            folder.resolve("cache").toString()),
        "-Xmx512m",
        "io.waybill.allinone.Main",
        arguments);
  }

  /** Starts it and waits until it says that it is ready. */
  Program startReady(String... more) {
    Program up = start(more);
    up.awaitOutput("\nready in ");
    return up;
  }

  /** Starts another of our programs with these variables. */
  Program program(String command, Map<String, String> environment) {
    return run(
        Program.Host.server(),
        command,
        environment,
        "-Xmx128m",
        "io.waybill.server.Main",
        List.of(command));
  }

  /** The device agent as robot-17, on this machine; its state is one folder for all. */
  Program agent(String... arguments) {
    return run(
        Program.Host.OURS,
        "agent",
        Map.of(
            "WAYBILL_AGENT_STATE_DIR",
            folder.resolve("agent").toString(),
            MqttSetting.PORT.variable(),
            "" + port("mqtt")),
        "-Xmx32m",
        "io.waybill.agent.Main",
        List.of(arguments));
  }

  private Program run(
      Program.Host as,
      String name,
      Map<String, String> environment,
      String heap,
      String main,
      List<String> arguments) {
    Path log = folder.resolve(name + "-" + running.size() + ".log");
    Program program = Program.start(as, log, environment, heap, main, arguments);
    running.add(program);
    return program;
  }

  StoreRelay store() {
    return relay;
  }

  String databaseUrl() {
    return "jdbc:postgresql://127.0.0.1:" + port("postgres") + "/waybill";
  }

  Inspector inspector() {
    Configuration configuration =
        Configuration.load(Map.of(), folder).with(Map.of(DatabaseSetting.URL, databaseUrl()));
    return new Inspector(
        new Database(configuration), URI.create("http://127.0.0.1:" + port("http")));
  }

  /** The database server, which is a process of its own; empty when it died without a word. */
  Optional<ProcessHandle> postgres() {
    try (Stream<String> lines = Files.lines(postmaster())) {
      return ProcessHandle.of(Long.parseLong(lines.findFirst().orElseThrow().strip()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether a database server has been left on the data folder, or says so. */
  boolean hasPostgres() {
    return Files.exists(postmaster());
  }

  private Path postmaster() {
    return data().resolve("postgres").resolve("data").resolve("postmaster.pid");
  }

  private Path data() {
    return folder.resolve("data");
  }

  /** Ends everything that still runs. */
  void killAll() {
    running.forEach(Program::kill);
    if (hasPostgres()) {
      postgres().ifPresent(ProcessHandle::destroyForcibly);
    }
  }

  @Override
  public void close() {
    try {
      killAll();
      relay.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
