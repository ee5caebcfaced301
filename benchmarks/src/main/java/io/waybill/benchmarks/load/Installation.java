package io.waybill.benchmarks.load;

import io.waybill.allinone.stack.Service;
import io.waybill.allinone.stack.Stack;
import io.waybill.allinone.stack.StackPlan;
import io.waybill.benchmarks.FastStore;
import io.waybill.server.config.Configuration;
import io.waybill.server.config.DatabaseSetting;
import io.waybill.server.config.GatewaySetting;
import io.waybill.server.config.HttpSetting;
import io.waybill.server.config.LimitSetting;
import io.waybill.server.config.MqttSetting;
import io.waybill.server.config.Setting;
import io.waybill.server.config.StorageSetting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * Embedded PostgreSQL, a store that answers at once, Debian's Mosquitto, gateways and control-api
 * as processes with the flags of the launcher (and 128 MB of heap), and a fleet of registered
 * devices.
 */
final class Installation implements AutoCloseable {
  static final String TENANT = "0190a000-0000-7000-8000-000000000001";
  static final String PROJECT = "0190a000-0000-7000-8000-000000000002";

  private static final String NO_LIMIT = "1000000";

  private final Path checkout;
  private final Path folder;
  private final FastStore store = new FastStore();
  private final Mosquitto broker;
  private final int httpPort = Ports.free();
  private final List<Process> processes = new ArrayList<>();
  private final Stack stack;

  /** A registered device. */
  record Device(UUID id, String credential) {
    String topic() {
      return "device/" + TENANT + "/" + id + "/upload/";
    }
  }

  private Installation(Path checkout, Path folder, List<Device> devices)
      throws IOException, InterruptedException, SQLException {
    this.checkout = checkout;
    this.folder = folder;
    this.broker = Mosquitto.start(checkout, folder, TENANT, devices);
    Configuration configuration =
        Configuration.load(Map.of(), folder)
            .with(
                Map.of(
                    MqttSetting.HOST,
                    "127.0.0.1",
                    MqttSetting.PORT,
                    "" + broker.port(),
                    StorageSetting.ENDPOINT,
                    store.url()));
    this.stack =
        Stack.start(
            new StackPlan(
                folder.resolve("data"),
                EnumSet.of(Service.POSTGRES),
                new StackPlan.Ports(0, 0, 0, 0, 0),
                configuration),
            line -> {});
    try (Connection connection = connect("waybill")) {
      Registration.of(devices, connection);
    }
  }

  static Installation start(Path checkout, List<Device> devices)
      throws IOException, InterruptedException, SQLException {
    return new Installation(checkout, Files.createTempDirectory("waybill-load-"), devices);
  }

  static List<Device> devices(int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(n ->
            new Device(
                UUID.fromString("0190a000-0000-7000-8000-%012x".formatted(0xb000 + n)),
                "wbd_benchmark_" + n))
        .toList();
  }

  Connection connect(String user) throws SQLException {
    return DriverManager.getConnection(
        stack.configuration().text(DatabaseSetting.URL),
        user,
        stack.configuration().text(DatabaseSetting.PASSWORD));
  }

  String databaseUrl() {
    return stack.configuration().text(DatabaseSetting.URL);
  }

  String databasePassword() {
    return stack.configuration().text(DatabaseSetting.PASSWORD);
  }

  /** What the database server has logged. */
  Path databaseLog() {
    return folder.resolve("data/postgres/server.log");
  }

  int brokerPort() {
    return broker.port();
  }

  String api() {
    return "http://127.0.0.1:" + httpPort;
  }

  Path folder() {
    return folder;
  }

  ServerProcess gateway() throws IOException, InterruptedException {
    return gateway(BrokerFolder.GATEWAYS.getFirst(), Map.of());
  }

  /**
   * One of those that the broker lets in.
   *
   * @param more of its environment
   */
  ServerProcess gateway(String name, Map<String, String> more)
      throws IOException, InterruptedException {
    int port = Ports.free();
    Map<String, String> own = new HashMap<>(more);
    own.put(GatewaySetting.HTTP_PORT.variable(), "" + port);
    own.put(MqttSetting.CLIENT_ID.variable(), name);
    own.put(MqttSetting.USERNAME.variable(), name);
    return server("gateway", name, port, own);
  }

  ServerProcess controlApi() throws IOException, InterruptedException {
    return server("control-api", "control-api", httpPort, Map.of());
  }

  /** The first process of PostgreSQL; those that serve connections are its children. */
  ProcessHandle database() throws IOException {
    Path file = folder.resolve("data/postgres/data/postmaster.pid");
    long pid = Long.parseLong(Files.readAllLines(file).getFirst().strip());
    return ProcessHandle.of(pid).orElseThrow();
  }

  ProcessHandle broker() {
    return broker.handle();
  }

  private ServerProcess server(String command, String name, int port, Map<String, String> more)
      throws IOException, InterruptedException {
    Process process =
        process(
            name,
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + checkout.resolve("server/src/main/jvm/server.jvmopts"),
                "-Xmx128m",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                "io.waybill.server.Main",
                command),
            environment(more));
    processes.add(process);
    Ports.awaitReady(port);
    return new ServerProcess(process, port);
  }

  private Map<String, String> environment(Map<String, String> more) {
    Map<String, String> environment = new HashMap<>();
    for (Setting setting : Setting.all()) {
      if (stack.configuration().isConfigured(setting)) {
        environment.put(setting.variable(), stack.configuration().text(setting));
      }
    }
    environment.put(HttpSetting.PORT.variable(), "" + httpPort);
    environment.put(LimitSetting.DEVICE_OPEN_UPLOADS.variable(), NO_LIMIT);
    environment.put(LimitSetting.TENANT_OPEN_UPLOADS.variable(), NO_LIMIT);
    environment.put(LimitSetting.PROJECT_OPEN_TASKS.variable(), NO_LIMIT);
    environment.put(LimitSetting.TENANT_PRESIGNS_PER_MINUTE.variable(), NO_LIMIT);
    environment.put(LimitSetting.DEVICE_PRESIGNS_PER_MINUTE.variable(), NO_LIMIT);
    environment.put("MALLOC_ARENA_MAX", "2");
    environment.putAll(more);
    return environment;
  }

  private Process process(String name, List<String> command, Map<String, String> environment)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(name + ".log").toFile());
    builder.environment().keySet().removeIf(key -> key.startsWith("WAYBILL_"));
    builder.environment().putAll(environment);
    return builder.start();
  }

  @Override
  public void close() {
    processes.reversed().forEach(Process::destroy);
    processes.reversed().forEach(process -> process.onExit().join());
    broker.close();
    stack.close();
    store.close();
  }
}
