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
import java.util.Objects;
import org.awaitility.Awaitility;

/** One composed system of a test: a project, images, ports and secrets of its own. */
final class ComposedSystem {
  static final ComposedSystem NONE = new ComposedSystem(Checkout.ROOT, Path.of(""), "", Map.of());

  static final String PROJECT = "/v1/projects/0190a000-0000-7000-8000-000000000002";

  private final Path checkout;
  private final Path secrets;
  private final String name;
  private final Map<String, Integer> ports;

  private ComposedSystem(Path checkout, Path secrets, String name, Map<String, Integer> ports) {
    this.checkout = checkout;
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
    ComposedSystem system = new ComposedSystem(Checkout.ROOT, secrets, name, ports);
    system.images().build(Checkout.ROOT);
    return system;
  }

  /** The same one by the files of another checkout, whose images are built. */
  ComposedSystem previous(Path theirCheckout) throws Exception {
    Path theirs = secretsWith("WAYBILL_VERSION=previous");
    ComposedSystem previous = new ComposedSystem(theirCheckout, theirs, name, ports);
    new Images(name, "previous").build(theirCheckout);
    return previous;
  }

  private Path secretsWith(String setting) throws Exception {
    Path file = Files.createTempFile(secrets.getParent(), "other", ".env");
    return Files.writeString(file, Files.readString(secrets) + setting + "\n");
  }

  /** What Compose says that is to start a service with a setting with which it cannot start. */
  String saysWhenStartedWith(String setting, String service) throws Exception {
    String[] up =
        Composed.command(
            secretsWith(setting), name, "up", "-d", "--no-build", "--no-deps", service);
    return Composed.fails(checkout, up);
  }

  /** Makes one service's container anew by this one's files and images, and no other's. */
  void replace(String service) throws Exception {
    compose("up", "-d", "--no-build", "--no-deps", "--wait", service);
  }

  /** The same for one that does its work and ends. */
  void runAgain(String service) throws Exception {
    compose("up", "-d", "--no-build", "--no-deps", service);
    assertThat(exitCodeOf(service)).as(logs(service)).isZero();
  }

  /** The version of the image that a service runs on. */
  String versionOf(String service) throws Exception {
    String image =
        Images.docker("inspect", "-f", "{{.Config.Image}}", compose("ps", "-q", service).strip());
    return image.substring(image.lastIndexOf(':') + 1);
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
    return Composed.run(checkout, Composed.command(secrets, name, arguments));
  }

  /** Its images, of this checkout. */
  Images images() {
    return new Images(name, "latest");
  }

  /** The name by which the engine knows a volume of it. */
  String volume(String volume) {
    return name + "_" + volume;
  }

  /** How a service has ended that does its work once. */
  int exitCodeOf(String service) throws Exception {
    String container = compose("ps", "-a", "-q", service).strip();
    Awaitility.await(service + " to end")
        .atMost(Duration.ofMinutes(5))
        .pollInterval(Duration.ofSeconds(1))
        .until(
            () -> Images.docker("inspect", "-f", "{{.State.Status}}", container), "exited"::equals);
    return Integer.parseInt(Images.docker("inspect", "-f", "{{.State.ExitCode}}", container));
  }

  /** What a service says that is run once more with another setting, until it ends. */
  String saysWhenAskedWith(String service, String setting, String... arguments) {
    List<String> command = new ArrayList<>(List.of(Composed.command(secrets, name, "run", "--rm")));
    command.addAll(List.of("--no-deps", "-T", "-e", setting, service));
    command.addAll(List.of(arguments));
    return Composed.says(Checkout.ROOT, command.toArray(String[]::new));
  }

  /** What the agent says whose state is in this folder. */
  String agentSays(Path folder) {
    return Composed.says(
        checkout,
        Composed.command(
            secrets,
            name,
            "run",
            "--rm",
            "--no-deps",
            "-T",
            "-v",
            folder + ":/load",
            "-e",
            "WAYBILL_AGENT_STATE_DIR=/load",
            "device"));
  }

  /** What one run of the agent's image says, which finds the folder's files in {@code /load}. */
  String runAgent(Path folder, Map<String, String> variables, String... arguments)
      throws Exception {
    List<String> command = new ArrayList<>(List.of("run", "--rm", "--no-deps", "-T"));
    command.addAll(List.of("-v", folder + ":/load:ro"));
    variables.forEach((variable, value) -> command.addAll(List.of("-e", variable + "=" + value)));
    command.add("device");
    command.addAll(List.of(arguments));
    return compose(command.toArray(String[]::new));
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

  /** Where this machine reaches the broker. */
  int brokerPort() {
    return Objects.requireNonNull(ports.get("BROKER_PORT"));
  }

  /** Where devices reach it. */
  String store() {
    return "http://127.0.0.1:" + ports.get("STORAGE_PORT");
  }

  String logs(String service) throws Exception {
    return compose("logs", "--no-log-prefix", service);
  }

  /** What an agent needs to be robot-18. */
  static Map<String, String> robot18() {
    return Map.of(
        "WAYBILL_DEVICE_ID",
        "0190a000-0000-7000-8000-000000000018",
        "WAYBILL_DEVICE_CREDENTIAL",
        "wbd_dev_robot_18_local_only",
        "WAYBILL_AGENT_STATE_DIR",
        "/var/lib/waybill/robot-18");
  }

  /** robot-18 on this machine, outside of the containers. */
  Program agent(Path state, String... arguments) {
    Map<String, String> environment = new HashMap<>(robot18());
    environment.put("WAYBILL_MQTT_HOST", "127.0.0.1");
    environment.put("WAYBILL_MQTT_PORT", String.valueOf(brokerPort()));
    environment.put("WAYBILL_AGENT_STATE_DIR", state.toString());
    return Program.start(
        state.resolveSibling("agent.log"),
        environment,
        "-Xmx64m",
        "io.waybill.agent.Main",
        List.of(arguments));
  }

  /** What its API knows of what is stored. */
  Datasets datasets() {
    return new Datasets(this::api);
  }

  /** The file is there, byte for byte. */
  void findsOnce(String file, Sample sample) throws Exception {
    assertThat(datasets().files()).containsEntry(file, sample.sha256());
  }

  Api api() {
    return new Api(URI.create("http://127.0.0.1:" + ports.get("API_PORT")), "wb_dev_local_only");
  }

  /** Containers, volumes and images are gone. */
  void remove() throws Exception {
    if (!name.isEmpty()) {
      compose("down", "-v", "--remove-orphans");
      images().remove();
      new Images(name, "previous").remove();
    }
  }
}
