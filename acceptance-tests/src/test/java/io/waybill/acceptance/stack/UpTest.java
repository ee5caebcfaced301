package io.waybill.acceptance.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.acceptance.site.Checkout;
import io.waybill.acceptance.site.Ports;
import io.waybill.acceptance.site.Program;
import io.waybill.acceptance.site.Sample;
import io.waybill.server.config.DatabaseSetting;
import io.waybill.server.config.GatewaySetting;
import io.waybill.server.config.HttpSetting;
import io.waybill.server.config.MqttSetting;
import io.waybill.server.config.StorageSetting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./waybill up}: what it keeps, how it ends, what it runs. */
@Timeout(900)
class UpTest {
  private static final long SLOWLY = 1_000_000;

  @TempDir Path folder;

  @Test
  void killed_twice_in_mid_upload_it_has_lost_nothing_and_ends_when_told_to() {
    Sample small = Sample.of(Checkout.RECORDING);
    Sample large = Sample.ofParts(folder.resolve("large.mcap"), 12);
    try (Up up = new Up(folder, Program.Host.OURS)) {
      Program stack = up.startReady();
      assertThat(upload(up, small, "small").exitCode()).isZero();

      long before = up.store().partBytes();
      up.store().pace(SLOWLY);
      Program agent = upload(up, large, "large");
      up.store().awaitPartBytes(before + large.sizeBytes() / 3, agent);
      stack.kill();
      stack = up.startReady();
      up.inspector().findsOnce("small", small);

      up.store().awaitPartBytes(before + large.sizeBytes() * 2 / 3, agent);
      agent.kill();
      stack.kill();
      assertThat(up.postgres().orElseThrow().destroyForcibly()).isTrue();
      stack = up.startReady();
      up.store().awaitQuiet();
      up.store().pace(0);
      agent = up.agent("resume", "--wait");

      assertThat(agent.exitCode()).as(agent.output()).isZero();
      up.inspector().findsOnce("small", small);
      up.inspector().findsOnce("large", large);
      assertThat(up.store().resent()).as("parts sent although they were stored").isEmpty();
      endsCleanly(up, stack);
    }
  }

  @Test
  void started_in_parts_it_serves_programs_that_are_told_nothing_but_ports() {
    Sample sample = Sample.of(Checkout.RECORDING);
    try (Up up = new Up(folder, Program.Host.OURS)) {
      Program stack = up.startReady("--services", "postgres,broker,storage");
      assertThat(Ports.isOpen(up.port("http"))).as("an API").isFalse();
      Map<String, String> ports =
          Map.of(
              DatabaseSetting.URL.variable(), up.databaseUrl(),
              StorageSetting.ENDPOINT.variable(), "http://127.0.0.1:" + up.port("storage"),
              MqttSetting.PORT.variable(), "" + up.port("mqtt"),
              HttpSetting.PORT.variable(), "" + up.port("http"),
              GatewaySetting.HTTP_PORT.variable(), "" + up.port("gateway"));
      Program api = up.program("control-api", ports);
      Program gateway = up.program("gateway", ports);
      api.awaitReady(up.port("http"));
      gateway.awaitReady(up.port("gateway"));

      Program agent = upload(up, sample, "parts");
      assertThat(agent.exitCode()).as(agent.output()).isZero();
      up.inspector().findsOnce("parts", sample);
      assertThat(api.stop()).as(api.output()).isIn(0, 143);
      assertThat(gateway.stop()).as(gateway.output()).isIn(0, 143);
      endsCleanly(up, stack);
    }
  }

  /** Root and everybody else get their database in different ways. */
  @Test
  void run_by_an_ordinary_user_it_works_and_survives_the_same() throws IOException {
    Path theirs = Files.createDirectory(folder.resolve("theirs"));
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    Sample sample = Sample.of(Checkout.RECORDING);
    Program.Host ordinary = OrdinaryUser.owning(theirs).orElse(Program.Host.OURS);
    try (Up up = new Up(theirs, ordinary)) {
      Program stack = up.startReady();
      assertThat(upload(up, sample, "before").exitCode()).isZero();
      stack.kill();
      stack = up.startReady();
      assertThat(upload(up, sample, "after").exitCode()).isZero();

      up.inspector().findsOnce("before", sample);
      up.inspector().findsOnce("after", sample);
      endsCleanly(up, stack);
    }
  }

  private static Program upload(Up up, Sample sample, String name) {
    return up.agent(
        "upload",
        sample.file().toString(),
        "--task-name",
        name,
        "--wait",
        "--connections",
        "2",
        "--part-size",
        Sample.PART_SIZE);
  }

  private static void endsCleanly(Up up, Program stack) {
    ProcessHandle postgres = up.postgres().orElseThrow();
    assertThat(stack.stop()).as(stack.output()).isIn(0, 143);
    assertThat(stack.output()).endsWith("stopped\n").doesNotContain("MacAddressUtil");
    Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> !postgres.isAlive());
    assertThat(up.hasPostgres()).as("a database server that was left").isFalse();
  }
}
