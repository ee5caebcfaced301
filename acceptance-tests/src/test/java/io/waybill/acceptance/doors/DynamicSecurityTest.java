package io.waybill.acceptance.doors;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.acceptance.site.Checkout;
import io.waybill.acceptance.site.Device;
import io.waybill.acceptance.site.Mosquitto;
import io.waybill.acceptance.site.Ports;
import io.waybill.acceptance.site.Program;
import io.waybill.acceptance.site.Registered;
import io.waybill.acceptance.site.Site;
import io.waybill.acceptance.site.Tools;
import io.waybill.allinone.stack.DevelopmentIdentities;
import io.waybill.core.device.BrokerPassword;
import io.waybill.gateway.ControlTopic;
import io.waybill.server.config.MqttSetting;
import io.waybill.server.wiring.BrokerUser;
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
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code waybill admin broker sync mosquitto} beside the real broker, with the files of {@code
 * broker-config/mosquitto/production}.
 */
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DynamicSecurityTest {
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final Duration NEVER = Duration.ofHours(1);
  private static final String GATEWAY = "waybill-gateway";
  private static final String PROVISIONER = "waybill-provisioner";
  private static final String PASSWORD = "only-for-this-test";
  private static final String LIST_CLIENTS = "{\"command\":\"listClients\"}";
  private static final String OF_17 =
      "device/" + DevelopmentIdentities.TENANT + "/" + DevelopmentIdentities.ROBOT_17 + "/upload/";

  private Path folder = Path.of("");
  private Site site;
  private Mosquitto broker;
  private Program sync;
  private RegisteredDevices devices;

  @BeforeAll
  void open(@TempDir Path temporary) throws IOException {
    String missing = Tools.missing("mosquitto");
    Assumptions.assumeTrue(missing.isEmpty(), missing);
    folder = temporary;
    Files.writeString(Files.createDirectories(folder.resolve("waybill")).resolve("passwords"), "");
    Files.writeString(folder.resolve("provisioner"), PASSWORD + "\n");
    int port = Ports.free();
    site = Site.openOn(port, folder.resolve("site"));
    site.controlApi();
    Files.writeString(
        folder.resolve("dynamic-security.json"),
        Files.readString(production("dynamic-security.json"))
            .replace("\"clients\": [", "\"clients\": [" + operator() + ","));
    broker = Mosquitto.configured(settings(port), port, folder.resolve("mosquitto.out"));
    sync = sync();
    sync.awaitOutput("2 devices; dynamic security was given");
    site.gateway(GATEWAY, Map.of(MqttSetting.USERNAME.variable(), GATEWAY));
    devices = new RegisteredDevices(site);
  }

  private static Path production(String file) {
    return Checkout.ROOT.resolve("broker-config/mosquitto/production").resolve(file);
  }

  /** Somebody with a password in the plugin itself, whom sync lets be. */
  private static String operator() {
    String[] kept = BrokerPassword.hashOf(PASSWORD).split("\\$", -1);
    return """
    {"username": "operator", "password": "%s", "salt": "%s", "iterations": %s,
     "roles": [{"rolename": "%s"}]}
    """
        .formatted(kept[4], kept[3], kept[2], PROVISIONER);
  }

  /** What production has, in this folder, and a listener without TLS. */
  private String settings(int port) throws IOException {
    String all =
        Files.readString(production("mosquitto.conf"))
            + Files.readString(production("dynamic-security.conf"));
    return all.replaceAll("include_dir .*", "")
            .replaceAll("/etc/mosquitto|/var/(lib|log)/mosquitto|/run/mosquitto", "" + folder)
        + "listener "
        + port
        + " 127.0.0.1\nuse_username_as_clientid true\n";
  }

  private Program sync() {
    List<String> arguments =
        List.of(
            "admin",
            "broker",
            "sync",
            "mosquitto",
            "--every-seconds",
            "1",
            "--check-seconds",
            "1",
            "--output");
    List<String> own =
        List.of(
            folder.resolve("waybill").toString(),
            "--provisioner-password-file",
            folder.resolve("provisioner").toString(),
            "--reload",
            "kill -HUP $(cat " + folder.resolve("mosquitto.pid") + ")");
    return Program.start(
        folder.resolve("sync.log"),
        site.environment(),
        "-Xmx128m",
        "io.waybill.server.Main",
        Stream.concat(arguments.stream(), own.stream()).toList());
  }

  @AfterAll
  void close() {
    Stream.of(devices, sync, site, broker)
        .filter(Objects::nonNull)
        .forEach(DynamicSecurityTest::close);
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
  void whoever_is_registered_is_let_in_and_served() {
    Registered device = devices.register();

    devices.awaitLetIn(true, device);
    assertThat(devices.isLetIn(new Registered(device.id(), "wbd_guess"))).isFalse();
    try (Device there = devices.connect(device, Duration.ofSeconds(5))) {
      assertServed(there);
    }
  }

  @Test
  void whoever_is_disabled_is_disconnected_and_let_in_again_when_it_is_enabled() {
    Registered device = devices.register();
    devices.awaitLetIn(true, device);
    try (Device there = devices.connect(device, Duration.ofSeconds(5))) {
      int before = there.lostConnections();

      devices.move(device, "disable");

      Awaitility.await().atMost(LONG).until(() -> there.lostConnections() > before);
      devices.awaitLetIn(false, device);
      devices.move(device, "enable");
      devices.awaitLetIn(true, device);
      assertServed(there);
    }
    devices.move(device, "revoke");
    devices.awaitLetIn(false, device);
  }

  @Test
  void the_newest_credential_is_the_password() {
    Registered before = devices.register();
    devices.awaitLetIn(true, before);

    Registered after = devices.rotate(before);

    devices.awaitLetIn(true, after);
    assertThat(devices.isLetIn(before)).isFalse();
  }

  @Test
  void a_device_cannot_join_the_gateways_share_group_nor_hear_or_speak_for_another() {
    String name = "forged-" + UUID.randomUUID();
    try (Device robot17 =
            Device.connect(
                site.configuration(),
                DevelopmentIdentities.ROBOT_17,
                DevelopmentIdentities.ROBOT_17_CREDENTIAL,
                NEVER);
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
      spy.speak(
          OF_17 + "request",
          "{\"request_id\":\"%s\",\"command\":\"create_session\",\"payload\":%s}"
              .formatted(name, TwoPartUpload.request(name)));
      for (int n = 0; n < 20; n++) {
        assertServed(robot17); // it says nothing twice: each of its requests reaches a gateway
      }
      spy.roundTrip();

      assertThat(spy.heard()).isEmpty();
      assertThat(robot17.hasHeard(name)).isFalse();
    }
    assertThat(site.database().count("select count(*) from upload_tasks where task_name = ?", name))
        .isZero();
  }

  @Test
  void what_was_changed_by_hand_is_mended() throws IOException, InterruptedException {
    Registered device = devices.register();
    devices.awaitLetIn(true, device);
    UUID stranger = UUID.randomUUID();
    String own = "\"rolename\":\"waybill:" + device.id() + "\"";

    order(
        "{\"command\":\"modifyRole\",%s,\"acls\":[{\"acltype\":\"subscribePattern\",\"topic\":\"#\",\"allow\":true}]},"
                .formatted(own)
            + "{\"command\":\"createClient\",\"username\":\"%s\"},".formatted(stranger)
            + "{\"command\":\"createClient\",\"username\":\"the-operators-own\"},"
            + "{\"command\":\"disableClient\",\"username\":\"%s\"}".formatted(device.id()));

    Awaitility.await()
        .atMost(LONG)
        .ignoreExceptions() // a reload ends whose password is not in the file
        .until(() -> !order(LIST_CLIENTS).contains("" + stranger));
    devices.awaitLetIn(true, device);
    Awaitility.await()
        .atMost(LONG)
        .ignoreExceptions()
        .until(() -> !order("{\"command\":\"getRole\"," + own + "}").contains("\"#\""));
    assertThat(order(LIST_CLIENTS)).contains("the-operators-own", "operator");
    try (Device there = devices.connect(device, Duration.ofSeconds(5))) {
      assertServed(there);
    }
  }

  private String order(String commands) throws IOException, InterruptedException {
    try (ControlTopic control =
        ControlTopic.open(
            BrokerUser.of(site.configuration(), "operator", PASSWORD),
            "$CONTROL/dynamic-security/v1")) {
      String order = "{\"commands\":[" + commands + "]}";
      return new String(control.ask(order.getBytes(UTF_8)), UTF_8);
    }
  }
}
