package io.waybill.acceptance.doors;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.acceptance.site.Device;
import io.waybill.acceptance.site.HiveMq;
import io.waybill.acceptance.site.Ports;
import io.waybill.acceptance.site.Program;
import io.waybill.acceptance.site.Registered;
import io.waybill.acceptance.site.Site;
import io.waybill.allinone.stack.DevelopmentIdentities;
import io.waybill.server.config.InternalSetting;
import io.waybill.server.config.MqttSetting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** HiveMQ CE with our extension in its folder, which asks a control-api of its own process. */
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HiveMqExtensionTest {
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final Duration OFTEN = Duration.ofSeconds(2);
  private static final String SECRET = "only-for-this-test-of-brokers";
  private static final String OF_17 =
      "device/" + DevelopmentIdentities.TENANT + "/" + DevelopmentIdentities.ROBOT_17 + "/upload/";

  private final int internalPort = Ports.free();
  private Site site;
  private HiveMq broker;
  private Program api;
  private RegisteredDevices devices;

  @BeforeAll
  void open(@TempDir Path folder) throws IOException {
    int port = Ports.free();
    site = Site.openOn(port, folder.resolve("site"));
    Path secret = Files.writeString(folder.resolve("secret"), SECRET + "\n");
    Path password =
        Files.writeString(
            folder.resolve("password"), site.configuration().text(MqttSetting.PASSWORD) + "\n");
    api = controlApi();
    broker =
        HiveMq.start(
            folder.resolve("hivemq"),
            port,
            Map.of(
                "control-api.url", "http://127.0.0.1:" + internalPort,
                "control-api.secret-file", secret.toString(),
                "gateway.password-file", password.toString()));
    site.gateway("waybill-gateway-1");
    devices = new RegisteredDevices(site);
  }

  private Program controlApi() {
    return site.controlApi(
        Map.of(
            InternalSetting.PORT.variable(),
            "" + internalPort,
            InternalSetting.SECRET.variable(),
            SECRET));
  }

  @AfterAll
  void close() {
    Stream.of(devices, site, broker).filter(Objects::nonNull).forEach(HiveMqExtensionTest::close);
  }

  private static void close(AutoCloseable part) {
    try {
      part.close();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static void assertServed(Device device) {
    assertThat(device.result("describe", "{}").path("server_time").asString()).isNotEmpty();
  }

  @Test
  void whoever_is_registered_is_let_in_and_served_and_nobody_else() {
    Registered device = devices.register();

    assertThat(devices.isLetIn(device)).isTrue();
    assertThat(devices.isLetIn(new Registered(device.id(), "wbd_guess"))).isFalse();
    assertThat(devices.isLetIn(new Registered(UUID.randomUUID(), device.secret()))).isFalse();
    assertThat(
            Spy.isLetIn(
                site.configuration(),
                device.id().toString(),
                DevelopmentIdentities.ROBOT_17.toString(),
                device.secret()))
        .as("under the client id of another")
        .isFalse();
    try (Device there = devices.connect(device, OFTEN)) {
      assertServed(there);
    }
  }

  @Test
  void whoever_is_revoked_is_shown_out_and_does_not_come_back() {
    Registered device = devices.register();
    Registered other = devices.register();
    try (Device there = devices.connect(device, OFTEN);
        Device stays = devices.connect(other, OFTEN)) {
      assertServed(there);

      devices.move(device, "revoke");

      Awaitility.await().atMost(LONG).until(() -> there.lostConnections() > 0);
      assertThat(devices.isLetIn(device)).isFalse();
      assertServed(stays);
      assertThat(stays.lostConnections()).isZero();
    }
  }

  @Test
  void a_device_cannot_join_the_gateways_share_group_nor_hear_or_speak_for_another() {
    String name = "forged-" + UUID.randomUUID();
    try (Device robot17 =
            Device.connect(
                site.configuration(),
                DevelopmentIdentities.ROBOT_17,
                DevelopmentIdentities.ROBOT_17_CREDENTIAL,
                Duration.ofHours(1));
        Spy spy = Spy.robot18(site.configuration())) {
      for (String filter :
          List.of(
              "$share/waybill/device/+/+/upload/request",
              "$share/mine/" + OF_17 + "response",
              "device/+/+/upload/request",
              OF_17 + "response",
              "#")) {
        assertThat(spy.listen(filter)).as(filter).isFalse();
      }
      for (int n = 0; n < 20; n++) {
        assertServed(robot17); // it says nothing twice: each of its requests reaches a gateway
      }
      spy.roundTrip();

      assertThat(spy.heard()).isEmpty();
      spy.speak(
          OF_17 + "request",
          "{\"request_id\":\"%s\",\"command\":\"create_session\",\"payload\":%s}"
              .formatted(name, TwoPartUpload.request(name)));
      assertServed(robot17);
      assertThat(robot17.hasHeard(name)).isFalse();
    }
    assertThat(site.database().count("select count(*) from upload_tasks where task_name = ?", name))
        .isZero();
  }

  @Test
  void while_control_api_is_away_no_device_gets_in_a_gateway_does_and_who_is_here_stays() {
    Registered here = devices.register();
    Registered late = devices.register();
    try (Device there = devices.connect(here, OFTEN)) {
      assertServed(there);
      api.kill();

      assertThat(devices.isLetIn(late)).isFalse();
      assertThat(
              Spy.isLetIn(
                  site.configuration(),
                  "waybill-gateway",
                  "waybill-gateway-2",
                  site.configuration().text(MqttSetting.PASSWORD)))
          .isTrue();
      Awaitility.await()
          .atMost(LONG)
          .until(() -> broker.output().contains("not everybody is shown out now"));
      assertServed(there);
      assertThat(there.lostConnections()).isZero();

      api = controlApi();
      devices.awaitLetIn(true, late);
    }
  }
}
