package io.waybill.acceptance.plc;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.acceptance.site.Api;
import io.waybill.acceptance.site.Checkout;
import io.waybill.acceptance.site.Command;
import io.waybill.acceptance.site.Sample;
import io.waybill.acceptance.site.Site;
import io.waybill.allinone.stack.DevelopmentIdentities;
import io.waybill.server.config.MqttSetting;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Robot-17, played by a program of {@code docs/plc} that runs in a folder of its own. */
record Controller(Site site, Path folder) {
  static final Path PROGRAMS = Checkout.ROOT.resolve("docs/plc");

  /** As the pages say: who it is, and where the broker is. */
  Map<String, String> environment() {
    return Map.of(
        "WAYBILL_TENANT", DevelopmentIdentities.TENANT.toString(),
        "WAYBILL_DEVICE", DevelopmentIdentities.ROBOT_17.toString(),
        "WAYBILL_CREDENTIAL", DevelopmentIdentities.ROBOT_17_CREDENTIAL,
        "WAYBILL_PROJECT", DevelopmentIdentities.PROJECT.toString(),
        "WAYBILL_MQTT_HOST", site.configuration().text(MqttSetting.HOST),
        "WAYBILL_MQTT_PORT", site.configuration().text(MqttSetting.PORT),
        "WAYBILL_PART_BYTES", "5242880");
  }

  Process start(Map<String, String> more, List<String> command) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectError(folder.resolve("said.err").toFile());
    builder.environment().putAll(environment());
    builder.environment().putAll(more);
    return builder.start();
  }

  /** What it prints; it must end well. */
  JsonNode run(List<String> command) throws IOException, InterruptedException {
    return JsonMapper.shared().readTree(Command.of(command).in(folder).with(environment()).print());
  }

  String read(String file) throws IOException {
    return Files.readString(folder.resolve(file));
  }

  /** What the program says to have stored is there, and is the file. */
  void assertStored(JsonNode completed, Sample sample) throws IOException {
    assertThat(completed.path("status").asString()).isEqualTo("COMPLETED");
    assertThat(completed.path("receipt").asString()).isNotEmpty();
    assertStored(completed.path("session_id").asString(), sample);
  }

  void assertStored(String session, Sample sample) throws IOException {
    try (Api everything = new Api(site.api(), DevelopmentIdentities.API_KEY)) {
      JsonNode upload = everything.get("/v1/uploads/" + session).ok();
      assertThat(upload.path("status").asString()).isEqualTo("COMPLETED");
      byte[] stored =
          everything.download(
              DevelopmentIdentities.PROJECT.toString(), upload.path("dataset_id").asString());
      assertThat(Sample.sha256(new ByteArrayInputStream(stored))).isEqualTo(sample.sha256());
    }
  }
}
