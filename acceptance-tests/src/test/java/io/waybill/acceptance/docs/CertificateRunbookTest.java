package io.waybill.acceptance.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.waybill.acceptance.site.BrokerFiles;
import io.waybill.acceptance.site.DevelopmentCa;
import io.waybill.acceptance.site.Mosquitto;
import io.waybill.acceptance.site.Ports;
import io.waybill.acceptance.site.Program;
import io.waybill.acceptance.site.Site;
import io.waybill.acceptance.site.Tools;
import io.waybill.server.config.MqttSetting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The broker's certificate ends, and {@code docs/operations/runbooks.md} is followed. */
@Timeout(300)
class CertificateRunbookTest {
  private static final Page PAGE = Page.of("docs/operations/runbooks.md");

  @TempDir private Path folder;
  private final int port = Ports.free();
  private DevelopmentCa ca;
  private Site site;
  private Mosquitto broker;

  @BeforeEach
  void open() throws IOException {
    String missing = Tools.missing("mosquitto", "openssl");
    Assumptions.assumeTrue(missing.isEmpty(), missing);
    ca = DevelopmentCa.made(folder.resolve("certs"));
    ca.run("server", "server", "localhost", "127.0.0.1");
    site = Site.openOn(port, folder.resolve("site"));
    Path files = Files.createDirectory(folder.resolve("broker"));
    try (Program export = BrokerFiles.export(site, files)) {
      assertThat(export.exitCode()).as(export.output()).isZero();
    }
    broker = Mosquitto.overTls(files, ca, port, folder.resolve("mosquitto.out"));
    site.controlApi();
  }

  @AfterEach
  void close() {
    if (site != null) {
      site.close();
    }
    if (broker != null) {
      broker.close();
    }
  }

  @Test
  void aCertificateThatHasExpiredIsRenewed() throws Exception {
    Program gateway = site.gateway("waybill-gateway", trusting());
    assertThat(doctor())
        .contains("ok    certificate of 127.0.0.1:" + port)
        .contains("it is good until");
    assertThat(agent()).doesNotContain("certificate of the broker");

    ca.runOut("server");
    broker.kill();
    broker.startAgain();

    gateway.awaitOutput("CertificateExpiredException");
    assertThat(doctor())
        .contains("FAIL  certificate of 127.0.0.1:" + port + ": its certificate has expired");
    assertThat(agent()).contains("the certificate of the broker at", "has expired");
    assertThat(look()).contains("notAfter=Jan  1 00:00:00 2021 GMT", "Waybill development CA");

    String before = gateway.output();
    ca.run("server", "server", "localhost", "127.0.0.1");
    broker.reload();

    await()
        .atMost(Duration.ofMinutes(2))
        .until(() -> gateway.output().substring(before.length()).contains("takes requests from"));
    assertThat(doctor()).contains("ok    certificate of 127.0.0.1:" + port);
    assertThat(agent()).doesNotContain("certificate of the broker");
  }

  private String look() throws Exception {
    return Shell.type(
        site,
        folder,
        Map.of("HOST", "127.0.0.1", "PORT", "" + port),
        PAGE.blocks("sh certificate"));
  }

  /** What the servers' doctor says. */
  private String doctor() {
    try (Program doctor = site.command(trusting(), "doctor")) {
      doctor.exitCode();
      return doctor.output();
    }
  }

  /** What the agent's doctor says. */
  private String agent() {
    try (Program agent = site.agent(folder.resolve("state"), trusting(), "doctor")) {
      agent.exitCode();
      return agent.output();
    }
  }

  private Map<String, String> trusting() {
    return Map.of(
        MqttSetting.TLS.variable(), "true", "WAYBILL_CA_FILE", ca.certificate().toString());
  }
}
