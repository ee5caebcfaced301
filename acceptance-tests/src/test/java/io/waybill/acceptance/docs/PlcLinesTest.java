package io.waybill.acceptance.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.waybill.acceptance.site.Api;
import io.waybill.acceptance.site.Checkout;
import io.waybill.acceptance.site.Command;
import io.waybill.acceptance.site.SharedSite;
import io.waybill.acceptance.site.SharedSite.OnMosquitto;
import io.waybill.acceptance.site.Site;
import io.waybill.acceptance.site.Tools;
import io.waybill.allinone.stack.DevelopmentIdentities;
import io.waybill.server.config.MqttSetting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The ten lines of {@code docs/protocol.md}, run as they stand there. */
@Timeout(300)
@ExtendWith(SharedSite.class)
class PlcLinesTest {
  @TempDir Path folder;

  @Test
  void the_ten_lines_upload_a_recording_on_the_embedded_broker_in_sh(Site site) throws Exception {
    assertTheLinesUpload(site, "sh", Checkout.RECORDING);
  }

  @Test
  void the_ten_lines_upload_a_recording_on_mosquitto_in_bash(@OnMosquitto Site site)
      throws Exception {
    assertTheLinesUpload(site, "bash", Checkout.RECORDING);
  }

  @Test
  void the_ten_lines_take_another_file_with_a_blank_in_its_name(Site site) throws Exception {
    Path file = folder.resolve("cell 7.csv");
    Files.writeString(file, "part,torque\n1,17.5\n");

    assertTheLinesUpload(site, "bash", file);
  }

  @Test
  void a_wrong_credential_ends_the_lines_after_one_try_and_says_so(Site site) throws Exception {
    String said = refused(site, "wbd_dev_robot_17_local_only", "wrong");

    assertThat(said.lines().filter(line -> line.contains("not authorised"))).hasSize(1);
  }

  @Test
  void a_refusal_that_no_repetition_mends_ends_the_lines_and_says_why(Site site) throws Exception {
    String project = DevelopmentIdentities.PROJECT.toString();
    String said = refused(site, project, "0190a000-0000-7000-8000-0000000000ff");

    assertThat(said).contains("project.not_found").doesNotContain("curl");
  }

  /** What the lines say on their way to a failure. */
  private String refused(Site site, String what, String instead) throws Exception {
    String missing = Tools.missing("sh", "mosquitto_pub", "mosquitto_sub", "curl", "jq");
    assumeTrue(missing.isEmpty(), missing);
    String lines = Page.of("docs/protocol.md").blocks("sh plc").getFirst().replace(what, instead);
    Command.Ended ended =
        Command.of("sh", "-c", lines).in(folder).with(environment(site, Checkout.RECORDING)).end();
    assertThat(ended.exitCode()).isNotZero();
    return ended.complained();
  }

  private void assertTheLinesUpload(Site site, String shell, Path file) throws Exception {
    String missing = Tools.missing(shell, "mosquitto_pub", "mosquitto_sub", "curl", "jq");
    assumeTrue(missing.isEmpty(), missing);
    List<String> blocks = Page.of("docs/protocol.md").blocks("sh plc");
    assertThat(blocks).hasSize(1);
    assertThat(blocks.getFirst().lines()).as("ten lines").hasSizeBetween(9, 11);

    JsonNode completed = JsonMapper.shared().readTree(run(site, shell, blocks.getFirst(), file));

    assertThat(completed.path("status").asString()).isEqualTo("COMPLETED");
    assertThat(completed.path("object_size_bytes").asLong()).isEqualTo(Files.size(file));
    try (Api everything = new Api(site.api(), DevelopmentIdentities.API_KEY)) {
      String project = DevelopmentIdentities.PROJECT.toString();
      JsonNode session =
          everything.get("/v1/uploads/" + completed.path("session_id").asString()).ok();
      byte[] stored = everything.download(project, session.path("dataset_id").asString());
      assertThat(sha256(stored)).isEqualTo(sha256(Files.readAllBytes(file)));
      assertThat(session.path("original_filename").asString())
          .isEqualTo(file.getFileName().toString());
    }
  }

  /** What the lines print; they leave a file behind, so they run in a folder of their own. */
  private String run(Site site, String shell, String lines, Path file)
      throws IOException, InterruptedException {
    return Command.of(shell, "-c", lines).in(folder).with(environment(site, file)).print();
  }

  private static Map<String, String> environment(Site site, Path file) {
    return Map.of(
        "FILE",
        file.toString(),
        MqttSetting.HOST.variable(),
        site.configuration().text(MqttSetting.HOST),
        MqttSetting.PORT.variable(),
        site.configuration().text(MqttSetting.PORT));
  }

  private static byte[] sha256(byte[] bytes) throws Exception {
    return MessageDigest.getInstance("SHA-256").digest(bytes);
  }
}
