package io.waybill.benchmarks.storage;

import io.waybill.s3.S3Endpoint;
import io.waybill.server.config.Port;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** PostgreSQL of {@code ./waybill up}, control-api and Companion, all in front of one store. */
final class Servers implements AutoCloseable {

  private final Path home;
  private final Path folder;
  private final S3Endpoint store;
  private final List<Process> started = new ArrayList<>();

  Servers(Path home, Path folder, S3Endpoint store) {
    this.home = home;
    this.folder = folder;
    this.store = store;
  }

  WaybillSide waybill() throws IOException, InterruptedException {
    int postgres = freePort();
    int http = freePort();
    Map<String, String> environment = environment();
    String launcher = home.resolve("waybill").toString();
    String data = folder.resolve("data").toString();
    List<String> ports = List.of("--services", "postgres", "--postgres-port", "" + postgres);
    List<String> up = new ArrayList<>(List.of(launcher, "up", "--data-dir", data));
    up.addAll(ports);
    start("up", environment, up);
    awaitLine("up", "ready in");
    environment.put("WAYBILL_DATABASE_URL", "jdbc:postgresql://127.0.0.1:" + postgres + "/waybill");
    environment.put("WAYBILL_HTTP_PORT", "" + http);
    Process api = start("control-api", environment, List.of(launcher, "control-api"));
    awaitPort(http);
    return new WaybillSide(URI.create("http://127.0.0.1:" + http), api.pid());
  }

  private Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>();
    environment.put("WAYBILL_STORAGE_ENDPOINT", store.internal().toString());
    environment.put("WAYBILL_STORAGE_REGION", store.region());
    environment.put("WAYBILL_STORAGE_ACCESS_KEY", store.credentials().accessKey());
    environment.put("WAYBILL_STORAGE_SECRET_KEY", store.credentials().secretKey());
    environment.put("WAYBILL_STORAGE_BUCKET", store.bucket());
    for (String limit :
        List.of(
            "TENANT_OPEN_UPLOADS",
            "DEVICE_OPEN_UPLOADS",
            "PROJECT_OPEN_TASKS",
            "TENANT_PRESIGNS_PER_MINUTE",
            "DEVICE_PRESIGNS_PER_MINUTE")) {
      environment.put("WAYBILL_LIMITS_" + limit, "1000000");
    }
    return environment;
  }

  CompanionSide companion(Path program) throws IOException, InterruptedException {
    int port = freePort();
    Path data = Files.createDirectories(folder.resolve("companion"));
    Map<String, String> environment = new HashMap<>();
    environment.put("NODE_ENV", "production");
    environment.put("COMPANION_PORT", "" + port);
    environment.put("COMPANION_DOMAIN", "127.0.0.1:" + port);
    environment.put("COMPANION_PROTOCOL", "http");
    environment.put("COMPANION_DATADIR", data.toString());
    environment.put("COMPANION_SECRET", "benchmark");
    environment.put("COMPANION_PREAUTH_SECRET", "benchmark-too");
    environment.put("COMPANION_CLIENT_ORIGINS", "http://127.0.0.1");
    environment.put("COMPANION_HIDE_METRICS", "true");
    environment.putAll(storeOfCompanion());
    Process process = start("companion", environment, List.of("node", program.toString()));
    awaitPort(port);
    return new CompanionSide(URI.create("http://127.0.0.1:" + port), process.pid());
  }

  private Map<String, String> storeOfCompanion() {
    Map<String, String> environment = new HashMap<>();
    environment.put("COMPANION_UPLOAD_URLS", store.internal().toString());
    environment.put("COMPANION_AWS_ENDPOINT", store.internal().toString());
    environment.put("COMPANION_AWS_FORCE_PATH_STYLE", "true");
    environment.put("COMPANION_AWS_REGION", store.region());
    environment.put("COMPANION_AWS_BUCKET", store.bucket());
    environment.put("COMPANION_AWS_KEY", store.credentials().accessKey());
    environment.put("COMPANION_AWS_SECRET", store.credentials().secretKey());
    return environment;
  }

  private Process start(String name, Map<String, String> environment, List<String> command)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log(name).toFile());
    builder.environment().keySet().removeIf(key -> key.startsWith("WAYBILL_"));
    builder.environment().putAll(environment);
    Process process = builder.start();
    started.add(process);
    return process;
  }

  private Path log(String name) {
    return folder.resolve(name + ".log");
  }

  private void awaitLine(String name, String line) throws IOException, InterruptedException {
    while (!Files.readString(log(name)).contains(line)) {
      pause(name);
    }
  }

  private void awaitPort(int port) throws IOException, InterruptedException {
    while (true) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        if (socket.isConnected()) {
          return;
        }
      } catch (IOException notYet) {
        pause("port " + port);
      }
    }
  }

  private void pause(String what) throws InterruptedException {
    if (started.getLast().waitFor(100, TimeUnit.MILLISECONDS)) {
      throw new IllegalStateException(what + ": a server ended, see " + folder);
    }
  }

  private static int freePort() {
    return new Port(0, "a benchmark", "none").claim();
  }

  @Override
  public void close() {
    started.reversed().forEach(Process::destroy);
    started.reversed().forEach(process -> process.onExit().join());
  }
}
