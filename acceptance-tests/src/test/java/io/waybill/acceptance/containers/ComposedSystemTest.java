package io.waybill.acceptance.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.waybill.acceptance.site.Checkout;
import io.waybill.acceptance.site.Program;
import io.waybill.acceptance.site.Sample;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code compose.yaml}: built, started, upgraded, used, broken. With Mosquitto, and with a Ceph
 * gateway in MinIO's place; where {@code WAYBILL_TEST_COMPOSE} is {@code published}, with EMQX and
 * MinIO. Needs a Docker engine that has or can fetch the images; the variable says that it has.
 */
@Timeout(1500)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ComposedSystemTest {
  private ComposedSystem system = ComposedSystem.NONE;
  private Optional<ComposedSystem> previous = Optional.empty();
  private Path folder = Path.of("");
  private boolean isWhole = true;

  /** Two sets of images are built. */
  @BeforeAll
  @Timeout(1800)
  void start(@TempDir Path temporary) throws Exception {
    assumeTrue(
        System.getenv("WAYBILL_TEST_COMPOSE") != null,
        "a Docker engine with the images of compose.yaml is missing: WAYBILL_TEST_COMPOSE is not set");
    folder = temporary;
    system = ComposedSystem.build(temporary);
    Optional<Path> before = Previous.checkOut(temporary);
    if (before.isPresent()) {
      previous = Optional.of(system.previous(before.get()));
    }
    previous.orElse(system).up();
  }

  /** What stands on a broken upgrade would only wait for what does not come. */
  @BeforeEach
  void requireWholeSystem() {
    assertThat(isWhole).as("the upgrade before went well").isTrue();
  }

  @AfterAll
  void stop() throws Exception {
    system.remove();
  }

  @Test
  @Order(0)
  void anImageHasNoShellAndNoSecretAndNobodyElsesRights() throws Exception {
    for (String image : Images.PROGRAMS) {
      assertThat(system.images().inspect(image, "{{.Config.User}}")).isEqualTo("10001:10001");
      assertThat(system.images().inspect(image, "{{.Config.Env}} {{.Config.Labels}}"))
          .as(image)
          .doesNotContain("PASSWORD", "SECRET", "_KEY");
      assertThat(system.images().exitCodeOfRun(image, "--entrypoint", "/bin/sh"))
          .as("a shell")
          .isNotZero();
      assertThat(
              Images.docker(
                  "run",
                  "--rm",
                  "--read-only",
                  "--cap-drop=ALL",
                  "--user=10001",
                  system.images().of(image),
                  "--help"))
          .contains("Usage")
          .as("the cache of what the JVM has learned fits")
          .doesNotContain("[aot]");
    }
  }

  /** Else the AOT cache beside them, which knows the time of each, is for others. */
  @Test
  @Order(0)
  void theJarsHaveTheTimeThatTheBuildWasGiven() throws Exception {
    assertThat(system.images().timesIn("control-api", "opt/waybill/lib"))
        .hasSizeGreaterThan(50)
        .allSatisfy((jar, time) -> assertThat(time).isEqualTo(Images.TIME_OF_JARS));
    assertThat(system.images().timesIn("agent", "opt/waybill-agent/lib"))
        .hasSizeGreaterThan(10)
        .allSatisfy((jar, time) -> assertThat(time).isEqualTo(Images.TIME_OF_JARS));
  }

  /** It starts as the previous version; all that follows is on what was upgraded. */
  @Test
  @Order(1)
  void anUpgradeUnderLoadLosesNothing() throws Exception {
    ComposedSystem before = previous.orElseGet(() -> abort(Previous.MISSING));
    assertThat(before.exitCodeOf("device")).as("robot-17 is free").isZero();
    isWhole = false;
    try (Fleet fleet = new Fleet(system, folder.resolve("load"))) {
      fleet.uploads(before, "robot-18", ComposedSystem.robot18());
      fleet.uploadsOverHttp("hall-3");
      fleet.asks();
      fleet.awaitMoreAnswers();
      system.runAgain("migrate");
      system.runAgain("seed");
      for (String service : List.of("gateway-1", "control-api", "gateway-2", "worker")) {
        assertThat(system.versionOf(service)).isEqualTo("previous");
        system.replace(service);
        assertThat(system.versionOf(service)).isEqualTo("latest");
        fleet.awaitMoreAnswers();
      }
      Map<String, String> sent = fleet.stop();
      system.datasets().awaitReady(sent.keySet());
      assertThat(system.datasets().files()).containsAllEntriesOf(sent);
    }
    isWhole = true;
  }

  @Test
  @Order(2)
  void theDemoDevicesFileIsStored() throws Exception {
    assertThat(system.exitCodeOf("device")).as(system.logs("device")).isZero();
    system.findsOnce("robot-run-42.mcap", Sample.of(Checkout.RECORDING));
  }

  @Test
  @Order(2)
  void theDemoUsesWhatRunsThere() throws Exception {
    assertThat(system.demo(folder.resolve("demo")))
        .contains("Using the stack that is running", system.store(), "the same, in");
  }

  /** A name is a session: whoever else used it, a health check too, would end the gateway. */
  @Test
  @Order(2)
  void nobodyElseHasAGatewaysName() throws Exception {
    for (String gateway : List.of("gateway-1", "gateway-2")) {
      assertThat(system.logs(gateway))
          .contains("takes requests from")
          .doesNotContain("session taken over");
    }
  }

  @Test
  @Order(3)
  void whateverIsKilledInMidUploadTheFileArrives() throws Exception {
    Sample sample = Sample.ofParts(folder.resolve("long.mcap"), 14);
    Program agent =
        system.agent(
            folder.resolve("agent"),
            "upload",
            "--wait",
            "--task-name",
            "long",
            "--part-size",
            Sample.PART_SIZE,
            "--max-bytes-per-second",
            "1500K",
            sample.file().toString());
    for (String victim :
        List.of(
            "gateway-1",
            Composed.BROKER,
            "postgres",
            "control-api",
            "worker",
            "storage",
            "gateway-2")) {
      assertThat(agent.isAlive()).as("it goes on: %s", agent.output()).isTrue();
      system.compose("kill", "-s", "KILL", victim);
      system.compose("up", "-d", "--no-deps", "--wait", victim);
    }
    assertThat(agent.exitCode()).as(agent.output()).isZero();
    system.findsOnce("long.mcap", sample);
  }

  @Test
  @Order(4)
  void volumesOutliveTheContainers() throws Exception {
    assertThat(system.exitCodeOf("device")).as("the demonstration's device has ended").isZero();
    Map<String, String> before = new TreeMap<>(system.datasets().files());
    system.compose("down");
    system.up();
    assertThat(system.datasets().files()).isEqualTo(before).isNotEmpty();
    system.findsOnce("robot-run-42.mcap", Sample.of(Checkout.RECORDING));
  }

  /** As it comes of a backup that was unpacked by somebody else. */
  @Test
  @Order(4)
  void aDatabasesVolumeOfAnotherUserIsTakenOver() throws Exception {
    Map<String, String> before = new TreeMap<>(system.datasets().files());
    system.compose("stop", "postgres");
    String database = system.volume("database");
    Images.docker(
        "run",
        "--rm",
        "--entrypoint",
        "chown",
        "-v",
        database + ":/data",
        "postgres:17",
        "-R",
        "4711:4711",
        "/data");
    system.compose("up", "-d", "--no-deps", "--wait", "postgres");
    system.compose("up", "-d", "--no-deps", "--wait", "control-api");
    assertThat(system.datasets().files()).isEqualTo(before).isNotEmpty();
  }

  /** SIGTERM drains: what stops within its time was not killed. */
  @Test
  @Order(5)
  void programsEndWhenTheyAreTold() throws Exception {
    for (String program : List.of("gateway-1", "worker", "control-api")) {
      system.compose("stop", program);
      assertThat(system.logs(program)).contains("stopped");
    }
  }

  /** Each says in one line what is wrong, and ends or tries again. */
  @Test
  @Order(5)
  void whatIsWrongWithItsSettingsIsSaid() throws Exception {
    assertThat(system.saysWhenAskedWith("gateway-2", "WAYBILL_MQTT_PASSWORD=wrong"))
        .contains("the broker refuses the gateway");
    assertThat(system.saysWhenAskedWith("control-api", "WAYBILL_STORAGE_BUCKET=nowhere", "doctor"))
        .contains("nowhere");
    assertThat(system.saysWhenAskedWith("control-api", "WAYBILL_DATABASE_PASSWORD=wrong", "doctor"))
        .contains("password authentication failed");
    Path ofRoot = Files.createDirectory(folder.resolve("of-root"));
    Files.setPosixFilePermissions(ofRoot, PosixFilePermissions.fromString("rwxr-xr-x"));
    assertThat(system.agentSays(ofRoot))
        .contains("the state directory /load cannot be used: permission denied");
  }

  @Test
  @Order(6)
  void aTakenPortIsSaidAndAnotherOneWillDo() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(system.saysWhenStartedWith("API_PORT=" + taken.getLocalPort(), "control-api"))
          .containsAnyOf("address already in use", "port is already allocated");
    }
    system.replace("control-api");
    assertThat(system.datasets().files()).isNotEmpty();
  }

  @Test
  @Order(6)
  void withoutItsFileOfSecretsItSaysWhatToDo() throws Exception {
    assertThat(Composed.saysOfSecrets(folder, "")).contains("run ./waybill compose-env first");
    String older =
        Files.readString(folder.resolve(".env")).replaceAll("(?m)^WAYBILL_WEBHOOK_KEY=.*\n", "");
    assertThat(Composed.saysOfSecrets(folder, older))
        .contains("WAYBILL_WEBHOOK_KEY", "run ./waybill compose-env first");
  }
}
