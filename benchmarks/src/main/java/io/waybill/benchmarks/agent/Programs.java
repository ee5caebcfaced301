package io.waybill.benchmarks.agent;

import io.waybill.server.config.Port;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Database and broker of {@code ./waybill up}, control-api and gateway, each a process. */
final class Programs implements AutoCloseable {

  private final Path home;
  private final Path folder;
  private final Map<String, String> environment = new HashMap<>();
  private final List<Process> started = new ArrayList<>();
  private final int mqtt = freePort();
  private final int http = freePort();
  private @Nullable Process controlApi;
  private @Nullable Process gateway;

  Programs(Path home, Path folder, String storeUrl) {
    this.home = home;
    this.folder = folder;
    environment.put("WAYBILL_STORAGE_ENDPOINT", storeUrl);
  }

  void start() throws IOException, InterruptedException {
    int postgres = freePort();
    start(
        "ready in",
        "up",
        "--data-dir",
        folder.resolve("data").toString(),
        "--services",
        "postgres,broker",
        "--postgres-port",
        "" + postgres,
        "--mqtt-port",
        "" + mqtt);
    environment.put("WAYBILL_DATABASE_URL", "jdbc:postgresql://127.0.0.1:" + postgres + "/waybill");
    environment.put("WAYBILL_MQTT_PORT", "" + mqtt);
    environment.put("WAYBILL_HTTP_PORT", "" + http);
    environment.put("WAYBILL_GATEWAY_HTTP_PORT", "" + freePort());
    environment.put("WAYBILL_LIMITS_TENANT_PRESIGNS_PER_MINUTE", "1000000");
    environment.put("WAYBILL_LIMITS_DEVICE_PRESIGNS_PER_MINUTE", "1000000");
    controlApi = start("", "control-api");
    gateway = start("", "gateway");
  }

  private Process start(String ready, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(home.resolve("waybill").toString()));
    command.addAll(List.of(arguments));
    Path log = folder.resolve(arguments[0] + ".log");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    started.add(process);
    while (!Files.readString(log).contains(ready)) {
      if (process.waitFor(100, TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException(arguments[0] + " ended: " + Files.readString(log));
      }
    }
    return process;
  }

  String apiUrl() {
    return "http://127.0.0.1:" + http;
  }

  int mqttPort() {
    return mqtt;
  }

  double controlApiMegabytes(String what) {
    return megabytes(controlApi, what);
  }

  double gatewayMegabytes(String what) {
    return megabytes(gateway, what);
  }

  private static double megabytes(@Nullable Process process, String what) {
    return process == null ? 0 : Usage.memory(process.pid(), what);
  }

  /**
   * The agent as the launcher runs it, without the launcher: its flags, its class path, and the
   * archive of classes that its first upload leaves.
   */
  List<String> agent() throws IOException {
    Path built = home.resolve(".waybill/dist");
    built = built.resolve(Files.readString(built.resolve("current")).strip());
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xlog:disable",
        "-XX:+AutoCreateSharedArchive",
        "-XX:SharedArchiveFile=" + folder.resolve("agent.jsa"),
        "@" + home.resolve("device-agent/src/main/jvm/agent.jvmopts"),
        "-cp",
        Files.readString(built.resolve("agent-classpath")).strip(),
        "io.waybill.agent.Main");
  }

  Map<String, String> agentEnvironment(Path state) {
    return Map.of(
        "WAYBILL_MQTT_PORT",
        "" + mqtt,
        "WAYBILL_AGENT_STATE_DIR",
        state.toString(),
        "MALLOC_ARENA_MAX",
        "2");
  }

  private static int freePort() {
    return new Port(0, "a benchmark", "none").claim();
  }

  @Override
  public void close() {
    for (Process process : started.reversed()) {
      process.destroy();
      try {
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
          process.destroyForcibly();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
