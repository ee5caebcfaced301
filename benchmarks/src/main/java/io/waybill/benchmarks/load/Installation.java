package io.waybill.benchmarks.load;

import io.waybill.allinone.stack.Service;
import io.waybill.allinone.stack.Stack;
import io.waybill.allinone.stack.StackPlan;
import io.waybill.server.config.Configuration;
import io.waybill.server.config.DatabaseSetting;
import io.waybill.server.config.GatewaySetting;
import io.waybill.server.config.HttpSetting;
import io.waybill.server.config.LimitSetting;
import io.waybill.server.config.MqttSetting;
import io.waybill.server.config.Setting;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * Embedded PostgreSQL and store, Debian's Mosquitto, gateway and control-api as processes with the
 * flags of the launcher (and 128 MB of heap), and a fleet of registered devices.
 */
final class Installation implements AutoCloseable {
  static final String TENANT = "0190a000-0000-7000-8000-000000000001";
  static final String PROJECT = "0190a000-0000-7000-8000-000000000002";

  private final Path checkout;
  private final Path folder;
  private final int brokerPort = freePort();
  private final int httpPort = freePort();
  private final int gatewayPort = freePort();
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
    processes.add(
        process(
            "mosquitto",
            List.of(
                checkout.resolve("broker-config/mosquitto/start.sh").toString(),
                "" + brokerPort,
                fleetFile(checkout, devices).toString()),
            Map.of()));
    awaitPort(brokerPort);
    Configuration configuration =
        Configuration.load(Map.of(), folder)
            .with(Map.of(MqttSetting.HOST, "127.0.0.1", MqttSetting.PORT, "" + brokerPort));
    this.stack =
        Stack.start(
            new StackPlan(
                folder.resolve("data"),
                EnumSet.of(Service.POSTGRES, Service.STORAGE),
                new StackPlan.Ports(0, 0, 0, 0, 0),
                configuration),
            line -> {});
    register(devices);
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

  private Path fleetFile(Path checkout, List<Device> devices) throws IOException {
    StringBuilder fleet =
        new StringBuilder(Files.readString(checkout.resolve("broker-config/mosquitto/fleet.txt")));
    for (Device device : devices) {
      fleet.append("device %s %s %s%n".formatted(TENANT, device.id, device.credential));
    }
    Path file = folder.resolve("fleet.txt");
    Files.writeString(file, fleet);
    return file;
  }

  private void register(List<Device> devices) throws SQLException {
    try (Connection connection = connect("waybill");
        Statement statement = connection.createStatement()) {
      for (Device device : devices) {
        statement.execute(
            """
            insert into devices (id, tenant_id, project_id, name, device_code, device_type, status,
              created_at, updated_at)
            values ('%1$s', '%2$s', '%3$s', 'Benchmark', 'bench-%1$s', 'robot', 'ACTIVE', now(), now());
            insert into device_project_grants (tenant_id, device_id, project_id, created_at)
            values ('%2$s', '%1$s', '%3$s', now())
            """
                .formatted(device.id, TENANT, PROJECT));
      }
    }
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
    return brokerPort;
  }

  String api() {
    return "http://127.0.0.1:" + httpPort;
  }

  Path folder() {
    return folder;
  }

  Process gateway() throws IOException, InterruptedException {
    return server("gateway", gatewayPort);
  }

  Process controlApi() throws IOException, InterruptedException {
    return server("control-api", httpPort);
  }

  private Process server(String command, int port) throws IOException, InterruptedException {
    Map<String, String> environment = new java.util.HashMap<>();
    for (Setting setting : Setting.all()) {
      if (stack.configuration().isConfigured(setting)) {
        environment.put(setting.variable(), stack.configuration().text(setting));
      }
    }
    environment.put(HttpSetting.PORT.variable(), "" + httpPort);
    environment.put(GatewaySetting.HTTP_PORT.variable(), "" + gatewayPort);
    environment.put(MqttSetting.CLIENT_ID.variable(), "waybill-gateway");
    for (Setting limit :
        List.of(
            LimitSetting.DEVICE_OPEN_UPLOADS,
            LimitSetting.TENANT_OPEN_UPLOADS,
            LimitSetting.PROJECT_OPEN_TASKS)) {
      environment.put(limit.variable(), "100000000");
    }
    environment.put("MALLOC_ARENA_MAX", "2");
    Process process =
        process(
            command,
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
            environment);
    processes.add(process);
    awaitReady(port);
    return process;
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

  /** Resident memory of a process in MiB: now, and the most it ever was. */
  static String memory(Process process) throws IOException {
    List<String> lines = Files.readAllLines(Path.of("/proc/" + process.pid() + "/status"));
    return "%d, at most %d".formatted(mebibytes(lines, "VmRSS:"), mebibytes(lines, "VmHWM:"));
  }

  private static long mebibytes(List<String> status, String name) {
    return status.stream()
        .filter(line -> line.startsWith(name))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
        .findFirst()
        .orElse(0);
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Until then the broker would drop what is sent to a gateway. */
  private static void awaitReady(int port) throws InterruptedException {
    awaitPort(port);
    HttpRequest ready =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/readyz")).build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      for (int attempt = 0; attempt < 600; attempt++) {
        if (client.send(ready, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
          return;
        }
        TimeUnit.MILLISECONDS.sleep(100);
      }
    } catch (IOException e) {
      throw new IllegalStateException("what listens on port " + port + " ended", e);
    }
    throw new IllegalStateException("what listens on port " + port + " does not become ready");
  }

  private static void awaitPort(int port) throws InterruptedException {
    for (int attempt = 0; attempt < 600; attempt++) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        if (socket.isConnected()) {
          return;
        }
      } catch (IOException notYet) {
        TimeUnit.MILLISECONDS.sleep(100);
      }
    }
    throw new IllegalStateException(String.format(Locale.ROOT, "nothing listens on port %d", port));
  }

  @Override
  public void close() {
    processes.reversed().forEach(Process::destroy);
    processes.reversed().forEach(process -> process.onExit().join());
    stack.close();
  }
}
