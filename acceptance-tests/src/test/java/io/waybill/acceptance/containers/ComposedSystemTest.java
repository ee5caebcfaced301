package io.waybill.acceptance.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.waybill.acceptance.site.Checkout;
import io.waybill.acceptance.site.Program;
import io.waybill.acceptance.site.Sample;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code compose.yaml} with Mosquitto, and with a Ceph gateway in MinIO's place: built, started,
 * used, broken. Needs a Docker engine that has or can fetch the images; {@code
 * WAYBILL_TEST_COMPOSE} says that it has.
 */
@Timeout(3000)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ComposedSystemTest {
  private ComposedSystem system = ComposedSystem.NONE;
  private Path folder = Path.of("");

  @BeforeAll
  void start(@TempDir Path temporary) throws Exception {
    assumeTrue(
        System.getenv("WAYBILL_TEST_COMPOSE") != null,
        "a Docker engine with the images of compose.yaml is missing: WAYBILL_TEST_COMPOSE is not set");
    folder = temporary;
    system = ComposedSystem.build(temporary);
    system.up();
  }

  @AfterAll
  void stop() throws Exception {
    system.remove();
  }

  @Test
  @Order(1)
  void anImageHasNoShellAndNoSecretAndNobodyElsesRights() throws Exception {
    for (String image : List.of("control-api", "gateway", "agent")) {
      assertThat(system.inspect(image, "{{.Config.User}}")).isEqualTo("10001:10001");
      assertThat(system.inspect(image, "{{.Config.Env}} {{.Config.Labels}}"))
          .as(image)
          .doesNotContain("PASSWORD", "SECRET", "_KEY");
      assertThat(system.exitCodeOfRun(image, "--entrypoint", "/bin/sh")).as("a shell").isNotZero();
      assertThat(
              system.docker(
                  "run",
                  "--rm",
                  "--read-only",
                  "--cap-drop=ALL",
                  "--user=10001",
                  system.image(image),
                  "--help"))
          .contains("Usage")
          .as("the cache of what the JVM has learned fits")
          .doesNotContain("[aot]");
    }
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
            "mosquitto",
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
    Map<String, String> before = new TreeMap<>(system.files());
    system.compose("down");
    system.up();
    assertThat(system.files()).isEqualTo(before).isNotEmpty();
    system.findsOnce("robot-run-42.mcap", Sample.of(Checkout.RECORDING));
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
  }

  @Test
  @Order(6)
  void withoutItsFileOfSecretsItSaysWhatToDo() throws Exception {
    assertThat(ComposedSystem.withoutSecrets(folder)).contains("run ./waybill compose-env first");
  }
}
