package io.waybill.acceptance.containers;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.acceptance.site.Api;
import io.waybill.acceptance.site.Checkout;
import io.waybill.acceptance.site.Ports;
import io.waybill.acceptance.site.Program;
import io.waybill.acceptance.site.Sample;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;

/** One composed system of a test: a project, images, ports and secrets of its own. */
final class ComposedSystem {
  static final ComposedSystem NONE = new ComposedSystem(Path.of(""), "", Map.of());

  private static final String PROJECT = "/v1/projects/0190a000-0000-7000-8000-000000000002";

  private final Path secrets;
  private final String name;
  private final Map<String, Integer> ports;

  private ComposedSystem(Path secrets, String name, Map<String, Integer> ports) {
    this.secrets = secrets;
    this.name = name;
    this.ports = ports;
  }

  /** Builds the images; nothing runs yet. */
  static ComposedSystem build(Path folder) throws Exception {
    String name = "waybill-test-" + ProcessHandle.current().pid();
    Map<String, Integer> ports =
        Map.of("API_PORT", Ports.free(), "STORAGE_PORT", Ports.free(), "BROKER_PORT", Ports.free());
    Path launcher = Files.copy(Checkout.ROOT.resolve("waybill"), folder.resolve("waybill"));
    Composed.run(folder, "sh", launcher.toString(), "compose-env");
    Path secrets = folder.resolve(".env");
    List<String> settings = new ArrayList<>();
    ports.forEach((port, number) -> settings.add(port + "=" + number));
    settings.add("WAYBILL_IMAGES=" + name);
    Files.write(secrets, settings, StandardOpenOption.APPEND);
    ComposedSystem system = new ComposedSystem(secrets, name, ports);
    // One after the other: the classic builder, asked for all at once, makes their common stages
    // once for each.
    for (String program : List.of("control-api", "gateway", "agent")) {
      system.docker("build", "--target", program, "-t", system.image(program), ".");
    }
    return system;
  }

  void up() throws Exception {
    compose("up", "-d", "--no-build");
    try {
      compose(
          "up", "-d", "--no-build", "--wait", "control-api", "worker", "gateway-1", "gateway-2");
    } catch (AssertionError e) {
      throw new AssertionError(
          "did not come up: " + compose("ps", "-a") + compose("logs", "--tail", "40"), e);
    }
  }

  /** What a command of Compose says. */
  String compose(String... arguments) throws Exception {
    return Composed.run(Checkout.ROOT, command(secrets, name, arguments));
  }

  private static String[] command(Path secrets, String name, String... arguments) {
    List<String> command =
        new ArrayList<>(List.of("docker", "compose", "-p", name, "--env-file", secrets.toString()));
    command.addAll(List.of("-f", "compose.yaml", "-f", "compose/ceph.yaml"));
    command.addAll(List.of("--profile", "mosquitto", "--profile", "demo"));
    command.addAll(List.of(arguments));
    return command.toArray(String[]::new);
  }

  /** What Compose says of a file of secrets that is empty; it must not go well. */
  static String withoutSecrets(Path folder) throws Exception {
    Path empty = Files.createFile(folder.resolve("empty.env"));
    return Composed.fails(Checkout.ROOT, command(empty, "waybill-test-empty", "config"));
  }

  String docker(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("docker"));
    command.addAll(List.of(arguments));
    return Composed.run(Checkout.ROOT, command.toArray(String[]::new));
  }

  String image(String program) {
    return name + "/" + program + ":latest";
  }

  String inspect(String program, String format) throws Exception {
    return docker("inspect", "--format", format, image(program));
  }

  /** How a service has ended that does its work once. */
  int exitCodeOf(String service) throws Exception {
    String container = compose("ps", "-a", "-q", service).strip();
    Awaitility.await(service + " to end")
        .atMost(Duration.ofMinutes(5))
        .pollInterval(Duration.ofSeconds(1))
        .until(() -> docker("inspect", "-f", "{{.State.Status}}", container), "exited"::equals);
    return Integer.parseInt(docker("inspect", "-f", "{{.State.ExitCode}}", container));
  }

  /** How a container of it ends that is started with these options. */
  int exitCodeOfRun(String program, String... options) throws Exception {
    List<String> command = new ArrayList<>(List.of("docker", "run", "--rm"));
    command.addAll(List.of(options));
    command.add(image(program));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }

  /** What a service says that is run once more with another setting, until it ends. */
  String saysWhenAskedWith(String service, String setting, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(command(secrets, name, "run", "--rm")));
    command.addAll(List.of("--no-deps", "-T", "-e", setting, service));
    command.addAll(List.of(arguments));
    return Composed.says(Checkout.ROOT, command.toArray(String[]::new));
  }

  /** {@code ./waybill demo}, which finds a stack at the published ports. */
  String demo(Path folder) {
    try (Program demo =
        Program.start(
            folder.resolveSibling("demo.log"),
            Map.of("WAYBILL_HOME", Checkout.ROOT.toString()),
            "-Xmx512m",
            "io.waybill.allinone.Main",
            List.of(
                "demo",
                "--data-dir=" + folder,
                "--storage-port=" + ports.get("STORAGE_PORT"),
                "--mqtt-port=" + ports.get("BROKER_PORT"),
                "--http-port=" + ports.get("API_PORT")))) {
      assertThat(demo.exitCode()).as(demo.output()).isZero();
      return demo.output();
    }
  }

  /** Where devices reach it. */
  String store() {
    return "http://127.0.0.1:" + ports.get("STORAGE_PORT");
  }

  String logs(String service) throws Exception {
    return compose("logs", "--no-log-prefix", service);
  }

  /** robot-18 on this machine, outside of the containers. */
  Program agent(Path state, String... arguments) {
    Map<String, String> environment = new HashMap<>();
    environment.put("WAYBILL_MQTT_HOST", "127.0.0.1");
    environment.put("WAYBILL_MQTT_PORT", String.valueOf(ports.get("BROKER_PORT")));
    environment.put("WAYBILL_DEVICE_ID", "0190a000-0000-7000-8000-000000000018");
    environment.put("WAYBILL_DEVICE_CREDENTIAL", "wbd_dev_robot_18_local_only");
    environment.put("WAYBILL_AGENT_STATE_DIR", state.toString());
    return Program.start(
        state.resolveSibling("agent.log"),
        environment,
        "-Xmx64m",
        "io.waybill.agent.Main",
        List.of(arguments));
  }

  /** The files that are stored, by name, with their sums. */
  Map<String, String> files() throws Exception {
    Map<String, String> sums = new HashMap<>();
    try (Api api = api()) {
      for (JsonNode dataset :
          api.get(PROJECT + "/datasets?limit=100&status=READY").ok().path("datasets")) {
        String id = dataset.path("dataset_id").asString();
        String url =
            api.post(PROJECT + "/datasets/" + id + "/download-url", "{}")
                .ok()
                .path("url")
                .asString();
        sums.put(
            dataset.path("original_filename").asString(),
            Sample.sha256(URI.create(url).toURL().openStream()));
      }
    }
    return sums;
  }

  /** The file is there, byte for byte. */
  void findsOnce(String file, Sample sample) throws Exception {
    assertThat(files()).containsEntry(file, sample.sha256());
  }

  private Api api() {
    return new Api(URI.create("http://127.0.0.1:" + ports.get("API_PORT")), "wb_dev_local_only");
  }

  /** Containers, volumes and images are gone. */
  void remove() throws Exception {
    if (!name.isEmpty()) {
      compose("down", "-v", "--rmi", "local");
    }
  }
}
