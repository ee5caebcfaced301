package io.waybill.acceptance.doors;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.acceptance.site.BrokerFiles;
import io.waybill.acceptance.site.Device;
import io.waybill.acceptance.site.Mosquitto;
import io.waybill.acceptance.site.Ports;
import io.waybill.acceptance.site.Program;
import io.waybill.acceptance.site.Registered;
import io.waybill.acceptance.site.Site;
import io.waybill.acceptance.site.Tools;
import io.waybill.allinone.stack.DevelopmentIdentities;
import io.waybill.server.config.MqttSetting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code waybill admin broker export mosquitto}, on the real broker. */
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExportedMosquittoTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  private Path folder = Path.of("");
  private Site site;
  private RegisteredDevices devices;
  private Mosquitto broker;

  @BeforeAll
  void open(@TempDir Path temporary) {
    String missing = Tools.missing("mosquitto");
    Assumptions.assumeTrue(missing.isEmpty(), missing);
    folder = temporary;
    int port = Ports.free();
    site = Site.openOn(port, folder.resolve("site"));
    site.controlApi();
    export();
    broker = Mosquitto.onFiles(files(), port, folder.resolve("mosquitto.log"));
    site.gateway(
        BrokerFiles.SECOND_GATEWAY,
        Map.of(MqttSetting.USERNAME.variable(), BrokerFiles.SECOND_GATEWAY));
    devices = new RegisteredDevices(site);
  }

  @AfterAll
  void close() {
    Stream.of(devices, site, broker)
        .filter(java.util.Objects::nonNull)
        .forEach(ExportedMosquittoTest::close);
  }

  private static void close(AutoCloseable part) {
    try {
      part.close();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private Path files() {
    return folder.resolve("exported");
  }

  private String export() {
    try (Program command = exporting()) {
      assertThat(command.exitCode()).as(command.output()).isZero();
      return command.output();
    }
  }

  private Program exporting(String... more) {
    return BrokerFiles.export(site, files(), more);
  }

  private void exportAndReload() {
    export();
    broker.reload();
  }

  @Test
  void both_files_are_the_owners_alone_and_nothing_else_is_left_beside_them() throws IOException {
    String said = export();

    assertThat(said).contains("2 gateways are in", "systemctl reload mosquitto");
    try (Stream<Path> all = Files.list(files())) {
      assertThat(all.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("passwords", "acl");
    }
    for (String name : List.of("passwords", "acl")) {
      assertThat(
              PosixFilePermissions.toString(Files.getPosixFilePermissions(files().resolve(name))))
          .isEqualTo("rw-------");
    }
    assertThat(Files.readString(files().resolve("passwords")))
        .contains(
            DevelopmentIdentities.ROBOT_17 + ":$7$101$", BrokerFiles.SECOND_GATEWAY + ":$7$101$")
        .doesNotContain(DevelopmentIdentities.ROBOT_17_CREDENTIAL);
    assertThat(Files.readString(files().resolve("acl"))).contains("user waybill-gateway\n");
  }

  /** Their credentials were issued before hashes for brokers were kept. */
  @Test
  void where_devices_would_be_left_out_nothing_is_written_unless_it_is_wanted() throws IOException {
    Registered old = devices.register();
    site.database()
        .change("update device_credentials set broker_hash = null where device_id = ?", old.id());
    String before = Files.readString(files().resolve("passwords"));
    try (Program command = exporting()) {
      assertThat(command.exitCode()).isEqualTo(1);
      assertThat(command.output())
          .contains("1 devices are left out", old.id().toString(), "--leave-out");
    }
    assertThat(Files.readString(files().resolve("passwords"))).isEqualTo(before);
    try (Program command = exporting("--leave-out")) {
      assertThat(command.exitCode()).as(command.output()).isZero();
    }
    devices.move(old, "revoke");
  }

  @Test
  void a_device_that_was_registered_is_served_once_the_broker_has_read_its_name() {
    Registered device = devices.register();
    assertThat(devices.isLetIn(device)).isFalse();

    exportAndReload();

    devices.awaitLetIn(true, device);
    assertThat(devices.isLetIn(new Registered(device.id(), "wbd_guess"))).isFalse();
    try (Device there = devices.connect(device, Duration.ofSeconds(5))) {
      assertThat(there.result("describe", "{}").path("device").path("device_id").asString())
          .isEqualTo(device.id().toString());
    }
  }

  @Test
  void whoever_may_not_act_any_more_loses_its_connection_and_is_refused() {
    Registered device = devices.register();
    Registered revoked = devices.register();
    exportAndReload();
    devices.awaitLetIn(true, device);
    try (Device there = devices.connect(device, Duration.ofSeconds(5))) {
      devices.move(device, "disable");
      devices.move(revoked, "revoke");
      int before = there.lostConnections();

      exportAndReload();

      Awaitility.await().atMost(LONG).until(() -> there.lostConnections() > before);
      devices.awaitLetIn(false, device);
      devices.awaitLetIn(false, revoked);

      devices.move(device, "enable");
      exportAndReload();
      assertThat(there.result("describe", "{}").path("server_time").asString()).isNotEmpty();
    }
  }

  @Test
  void of_two_credentials_the_newest_is_the_password() {
    Registered device = devices.register();
    exportAndReload();
    devices.awaitLetIn(true, device);
    Registered newer = devices.rotate(device);

    exportAndReload();

    devices.awaitLetIn(true, newer);
    assertThat(devices.isLetIn(device)).isFalse();
  }

  /** What the page of this broker says at its top: see DynamicSecurityTest for what refuses it. */
  @Test
  void an_access_list_grants_a_device_the_gateways_share_group() {
    try (Spy spy = Spy.robot18(site.configuration())) {
      assertThat(spy.listen("$share/waybill/device/+/+/upload/request")).isTrue();
    }
  }

  @Test
  void robot_18_neither_hears_robot_17_nor_speaks_for_it() {
    String topics =
        "device/" + DevelopmentIdentities.TENANT + "/" + DevelopmentIdentities.ROBOT_17 + "/";
    String name = "forged-" + UUID.randomUUID();
    try (Device robot17 = Device.robot17(site.configuration());
        Spy spy = Spy.robot18(site.configuration())) {
      boolean _ = spy.listen(topics + "upload/response");
      boolean _ = spy.listen("#");
      spy.speak(
          topics + "upload/request",
          "{\"request_id\":\"%s\",\"command\":\"create_session\",\"payload\":%s}"
              .formatted(name, TwoPartUpload.request(name)));
      assertThat(robot17.result("describe", "{}").path("server_time").asString()).isNotEmpty();
      spy.roundTrip();

      assertThat(spy.heard()).isEmpty();
      assertThat(robot17.hasHeard(name)).isFalse();
    }
    assertThat(site.database().count("select count(*) from upload_tasks where task_name = ?", name))
        .isZero();
  }
}
