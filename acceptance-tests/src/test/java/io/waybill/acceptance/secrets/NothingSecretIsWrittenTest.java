package io.waybill.acceptance.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.acceptance.site.Api;
import io.waybill.acceptance.site.Checkout;
import io.waybill.acceptance.site.Device;
import io.waybill.acceptance.site.Program;
import io.waybill.acceptance.site.Site;
import io.waybill.allinone.stack.DevelopmentIdentities;
import io.waybill.server.config.DatabaseSetting;
import io.waybill.server.config.MqttSetting;
import io.waybill.server.config.ProcessSetting;
import io.waybill.server.config.ReceiptSetting;
import io.waybill.server.config.Setting;
import io.waybill.server.config.StorageSetting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whole uploads over both doors and by the agent, with every kind of error, while all programs say
 * all they can say. Then every secret that was seen is looked for in everything that was written.
 */
@Timeout(600)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NothingSecretIsWrittenTest {
  private static final String FINDABLE = "found-by-this-search";

  private final Needles needles = new Needles();
  private final Haystacks haystacks = new Haystacks();
  private final Talk talk = new Talk(needles, haystacks);

  @BeforeAll
  void talkALot(@TempDir Path folder) {
    try (Site site = Site.open(folder);
        Road road = Road.to(site.configuration().uri(StorageSetting.ENDPOINT))) {
      Map<String, String> talkative =
          Map.of(
              ProcessSetting.LOG_LEVEL.variable(), "TRACE",
              ProcessSetting.LOG_FORMAT.variable(), "json",
              StorageSetting.ENDPOINT.variable(), road.address(),
              ReceiptSetting.KEY.variable(), receiptKey(),
              StorageSetting.ENDPOINTS_FILE.variable(), endpoints(folder).toString());
      Program api = site.controlApi(talkative);
      Program gateway = site.gateway("waybill-gateway-a", talkative);
      overHttp(site, road);
      overMqtt(site, road);
      byAgent(site, folder.resolve("state"));
      for (Program server : List.of(api, gateway)) {
        haystacks.add("the metrics", server.metrics());
        assertThat(server.stop()).as(server.output()).isIn(0, 143);
      }
      haystacks.addTables(site.database());
      haystacks.addFiles("the log", site.logs(), file -> file.toString().endsWith(".log"));
      haystacks.addFiles("the agent's state", folder.resolve("state"), file -> true);
      know(site);
    }
  }

  /** A key of this installation's own, as an operator would make one. */
  private String receiptKey() {
    try {
      byte[] key =
          KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPrivate().getEncoded();
      String text = Base64.getEncoder().encodeToString(key);
      needles.add("the key of receipts", text);
      return text;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Another store, which nobody asks for anything. */
  private Path endpoints(Path folder) {
    String said =
        """
        archive.endpoint=http://127.0.0.1:9
        archive.access-key=%s
        archive.secret-key=%s
        archive.buckets=cold
        """
            .formatted(needles.plant("an access key"), needles.plant("a secret key"));
    try {
      return Files.writeString(folder.resolve("endpoints.properties"), said);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void overHttp(Site site, Road road) {
    try (Api api = new Api(site.api(), DevelopmentIdentities.API_KEY)) {
      OverHttp browser = new OverHttp(talk, site.api(), api);
      browser.uploads(FINDABLE);
      OverPlatform admin = new OverPlatform(talk, api);
      admin.makesSecrets();
      admin.pastesSecrets();
      admin.pastesSecretsInTheHead();
      browser.errs();
      browser.errsInTheHead();
      browser.tellsUsAUrl();
      browser.losesTheStore(road);
    }
  }

  private void overMqtt(Site site, Road road) {
    try (Device robot = Device.robot17(site.configuration());
        Api store = new Api(site.api(), "")) {
      OverMqtt device = new OverMqtt(talk, robot, store);
      device.uploads();
      device.errs();
      device.tellsUsAUrl();
      device.losesTheStore(road);
    }
  }

  /** Uploads by MQTT over a road that is cut and mended, and by HTTP; fails with wrong secrets. */
  private void byAgent(Site site, Path state) {
    String recording = Checkout.RECORDING.toString();
    site.store().cut(true);
    Program agent =
        site.agent(state, Map.of(), "upload", recording, "--task-name", FINDABLE, "--progress");
    Awaitility.await()
        .atMost(Duration.ofMinutes(2))
        .until(() ->
            site.database()
                    .count(
                        "select count(*) from upload_events where type = 'upload.presign_issued'"
                            + " and actor = ?",
                        "device:" + DevelopmentIdentities.ROBOT_17)
                > 3);
    site.store().cut(false);
    assertThat(agent.exitCode()).as(agent.output()).isZero();
    Map<String, String> key = Map.of("WAYBILL_API_KEY", DevelopmentIdentities.API_KEY);
    Program http = site.agent(state, key, "upload", recording, "--transport", "http");
    assertThat(http.exitCode()).as(http.output()).isZero();
    String wrong = needles.plant("the agent's API key");
    Program stranger =
        site.agent(state, Map.of(), "upload", recording, "--transport", "http", "--api-key", wrong);
    assertThat(stranger.exitCode()).as(stranger.output()).isNotZero();
    Program unknown =
        site.agent(
            state,
            Map.of(
                "WAYBILL_DEVICE_CREDENTIAL",
                needles.plant("the agent's credential"),
                "WAYBILL_AGENT_PATIENCE_SECONDS",
                "2"),
            "status");
    unknown.exitCode();
  }

  private void know(Site site) {
    for (Setting secret :
        List.of(
            StorageSetting.SECRET_KEY,
            StorageSetting.ACCESS_KEY,
            DatabaseSetting.PASSWORD,
            MqttSetting.PASSWORD)) {
      needles.add(secret.variable(), site.configuration().text(secret));
    }
    needles.add("an API key", DevelopmentIdentities.API_KEY);
    needles.add("the viewer's API key", DevelopmentIdentities.VIEWER_API_KEY);
    needles.add("a credential", DevelopmentIdentities.ROBOT_17_CREDENTIAL);
    needles.add("another credential", DevelopmentIdentities.ROBOT_18_CREDENTIAL);
  }

  @Test
  void no_secret_stands_in_any_log_table_manifest_metric_or_error() {
    assertThat(haystacks.found(needles)).isEmpty();
  }

  /** Else the search above would prove nothing. */
  @Test
  void the_search_knows_secrets_and_finds_what_is_there() {
    assertThat(needles.count("the signature of a URL")).isGreaterThanOrEqualTo(5);
    assertThat(needles.count("the signature of a compact URL")).isGreaterThanOrEqualTo(2);
    assertThat(needles.count("key_material")).isEqualTo(1);
    assertThat(needles.count("credential_material")).isEqualTo(2);
    assertThat(haystacks.with(FINDABLE))
        .anyMatch(where -> where.contains("upload_tasks"))
        .anyMatch(where -> where.startsWith("the agent's state"));
    assertThat(haystacks.with(DevelopmentIdentities.ROBOT_17.toString()))
        .anyMatch(where -> where.contains("upload_events"))
        .anyMatch(where -> where.contains("audit_events"))
        .anyMatch(where -> where.contains("gateway"));
    assertThat(haystacks.with("\"outcome\"")).anyMatch(where -> where.contains("gateway"));
    assertThat(haystacks.with("/parts/presign")).anyMatch(where -> where.contains("control-api"));
    assertThat(haystacks.with("api_requests")).contains("the metrics");
    assertThat(haystacks.with("storage.unavailable"))
        .contains(Talk.ERRORS)
        .anyMatch(where -> where.contains("control-api"))
        .anyMatch(where -> where.contains("gateway"));
    assertThat(haystacks.with("create_session"))
        .anyMatch(where -> where.contains("idempotency_records"));
  }
}
