package io.waybill.acceptance.doors;

import static org.assertj.core.api.Assertions.assertThat;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5ClientBuilder;
import io.waybill.acceptance.site.Api;
import io.waybill.acceptance.site.Checkout;
import io.waybill.acceptance.site.DevelopmentCa;
import io.waybill.acceptance.site.Device;
import io.waybill.acceptance.site.Mosquitto;
import io.waybill.acceptance.site.Ports;
import io.waybill.acceptance.site.Program;
import io.waybill.acceptance.site.Site;
import io.waybill.acceptance.site.Tools;
import io.waybill.allinone.stack.DevelopmentIdentities;
import io.waybill.server.config.MqttSetting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Both listeners of {@code broker-config/mosquitto/production}, with files from the registry. */
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MosquittoTlsTest {
  private static final String GATEWAY = "waybill-gateway";
  private static final String ROBOT_18 = DevelopmentIdentities.ROBOT_18.toString();

  private final int byPassword = Ports.free();
  private final int byCertificate = Ports.free();
  private Path folder = Path.of("");
  private DevelopmentCa ca;
  private Site site;
  private Mosquitto broker;

  @BeforeAll
  void open(@TempDir Path temporary) throws IOException {
    String missing = Tools.missing("mosquitto", "openssl");
    Assumptions.assumeTrue(missing.isEmpty(), missing);
    folder = temporary;
    ca = DevelopmentCa.made(folder.resolve("certs"));
    ca.run("server", "server", "localhost", "127.0.0.1");
    ca.run("device", TwoPartUpload.ROBOT_17);
    ca.run("device", ROBOT_18);
    site = Site.openOn(byPassword, folder.resolve("site"));
    site.controlApi();
    export();
    broker = Mosquitto.configured(settings(), byPassword, folder.resolve("mosquitto.out"));
    site.gateway(GATEWAY, trusting());
  }

  @AfterAll
  void close() {
    Stream.of(site, broker).filter(Objects::nonNull).forEach(MosquittoTlsTest::close);
  }

  private static void close(AutoCloseable part) {
    try {
      part.close();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** What makes a program speak TLS with this broker. */
  private Map<String, String> trusting() {
    return Map.of(
        MqttSetting.TLS.variable(), "true", "WAYBILL_CA_FILE", ca.certificate().toString());
  }

  private void export() {
    List<String> arguments =
        List.of(
            "admin",
            "broker",
            "export",
            "mosquitto",
            "--output",
            folder.resolve("waybill").toString());
    try (Program command =
        Program.start(
            folder.resolve("export.log"),
            site.environment(),
            "-Xmx128m",
            "io.waybill.server.Main",
            arguments)) {
      assertThat(command.exitCode()).as(command.output()).isZero();
    }
  }

  private String settings() throws IOException {
    StringBuilder all = new StringBuilder();
    for (String file :
        List.of("mosquitto.conf", "listener-tls.conf", "listener-mtls.conf", "files.conf")) {
      all.append(
          Files.readString(
              Checkout.ROOT.resolve("broker-config/mosquitto/production").resolve(file)));
    }
    return all.toString()
        .replaceAll("include_dir .*", "")
        .replaceAll("/etc/mosquitto|/var/(lib|log)/mosquitto|/run/mosquitto", "" + folder)
        .replace("listener 8883", "listener " + byPassword + " 127.0.0.1")
        .replace("listener 8884", "listener " + byCertificate + " 127.0.0.1");
  }

  private Mqtt5ClientBuilder way(@Nullable String certificate) {
    return MqttClient.builder()
        .useMqttVersion5()
        .serverHost("127.0.0.1")
        .serverPort(byCertificate)
        .sslConfig(ca.tls(certificate));
  }

  @Test
  void an_agent_with_a_password_uploads_a_recording() {
    Program agent =
        site.agent(folder.resolve("state"), trusting(), "upload", Checkout.RECORDING.toString());

    assertThat(agent.exitCode()).as(agent.output()).isZero();
    assertThat(agent.output()).contains("/datasets/");
  }

  @Test
  void a_device_with_a_certificate_and_no_password_uploads() {
    try (Device robot =
            Device.connect(
                way(TwoPartUpload.ROBOT_17),
                DevelopmentIdentities.ROBOT_17,
                Duration.ofSeconds(5));
        Api everything = TwoPartUpload.everything(site)) {
      Door door = Door.mqtt(robot);
      TwoPartUpload.Begun upload = TwoPartUpload.begin(door, "by-certificate");
      TwoPartUpload.send(door, everything, upload, 1);
      broker.reload(); // ends no connection that a certificate has opened
      TwoPartUpload.send(door, everything, upload, 2);
      door.result("complete_upload", upload.itself());

      assertThat(TwoPartUpload.status(door, upload)).isEqualTo("COMPLETED");
      TwoPartUpload.assertStored(everything, upload);
      assertThat(robot.lostConnections()).isZero();
    }
  }

  @Test
  void nobody_comes_in_without_a_certificate_or_with_a_revoked_one() throws IOException {
    assertThat(isRefused(null)).isTrue();
    for (String kind : List.of(".crt", ".key")) {
      Files.copy(ca.folder().resolve(ROBOT_18 + kind), ca.folder().resolve("its-older-one" + kind));
    }
    ca.run("device", ROBOT_18);
    letIn("its-older-one");
    letIn(ROBOT_18);

    ca.run("revoke", ROBOT_18);
    broker.reload();

    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> isRefused(ROBOT_18) && isRefused("its-older-one"));
    letIn(TwoPartUpload.ROBOT_17);
  }

  private void letIn(@Nullable String certificate) {
    var client = way(certificate).identifier("anything").buildBlocking();
    client.connect();
    client.disconnect();
  }

  private boolean isRefused(@Nullable String certificate) {
    try {
      letIn(certificate);
      return false;
    } catch (RuntimeException refused) {
      return true;
    }
  }
}
