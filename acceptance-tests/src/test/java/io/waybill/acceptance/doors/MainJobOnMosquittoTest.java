package io.waybill.acceptance.doors;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.acceptance.site.Api;
import io.waybill.acceptance.site.Checkout;
import io.waybill.acceptance.site.Device;
import io.waybill.acceptance.site.Program;
import io.waybill.acceptance.site.SharedSite;
import io.waybill.acceptance.site.SharedSite.OnMosquitto;
import io.waybill.acceptance.site.Site;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The main job on a broker that many have: by the agent, and by hand in both versions of MQTT. */
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(SharedSite.class)
class MainJobOnMosquittoTest {
  private static final Pattern DATASET = Pattern.compile("/datasets/([0-9a-f-]{36})/");

  private final Site site;
  private final Api everything;

  MainJobOnMosquittoTest(@OnMosquitto Site site) {
    this.site = site;
    this.everything = TwoPartUpload.everything(site);
  }

  @AfterAll
  void leave() {
    everything.close();
  }

  @Test
  void the_agent_uploads_a_recording(@TempDir Path folder) throws IOException {
    Program agent =
        site.agent(
            folder.resolve("state"),
            Map.of(),
            "upload",
            Checkout.RECORDING.toString(),
            "--part-size",
            "5M");

    assertThat(agent.exitCode()).as(agent.output()).isZero();
    Matcher dataset = DATASET.matcher(agent.output());
    assertThat(dataset.find()).as(agent.output()).isTrue();
    assertThat(everything.download(TwoPartUpload.PROJECT, dataset.group(1)))
        .isEqualTo(Files.readAllBytes(Checkout.RECORDING));
  }

  @Test
  void a_device_walks_the_protocol_by_hand_in_mqtt_5() {
    try (Device robot = Device.robot17(site.configuration())) {
      walk(Door.mqtt(robot));
    }
  }

  @Test
  void a_device_walks_the_protocol_by_hand_in_mqtt_3_1_1() {
    try (Device311 robot = Device311.robot17(site.configuration())) {
      walk(robot);
    }
  }

  /** Every command once, in an order that makes sense. */
  private void walk(Door door) {
    assertThat(door.result("describe", "{}").path("device").path("device_id").asString())
        .isEqualTo(TwoPartUpload.ROBOT_17);
    TwoPartUpload.Begun given = TwoPartUpload.begin(door, "given-up");
    door.result("abort_upload", given.itself());
    JsonNode retried =
        door.result("retry_object", TwoPartUpload.retry(given.task(), given.object()));
    TwoPartUpload.Begun upload =
        new TwoPartUpload.Begun(
            given.task(), given.object(), retried.path("session_id").asString(), given.dataset());
    TwoPartUpload.send(door, everything, upload, 1);
    door.result("pause_upload", upload.itself());
    door.result("resume_upload", upload.itself());
    door.result("extend_upload", upload.with(",\"extend_by_seconds\":60"));
    assertThat(door.ask("complete_upload", upload.itself()).code())
        .isEqualTo("upload.missing_parts");
    TwoPartUpload.send(door, everything, upload, 2);
    String ranges = upload.with(",\"source\":\"reconcile\",\"encoding\":\"ranges\"");
    assertThat(door.result("list_parts", ranges).path("uploaded").asString()).isEqualTo("1-2");
    door.result("complete_upload", upload.itself());
    assertThat(TwoPartUpload.status(door, upload)).isEqualTo("COMPLETED");
    TwoPartUpload.assertStored(everything, upload);
  }
}
