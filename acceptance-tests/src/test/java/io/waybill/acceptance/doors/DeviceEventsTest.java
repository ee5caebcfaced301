package io.waybill.acceptance.doors;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.acceptance.doors.TwoPartUpload.Begun;
import io.waybill.acceptance.site.Api;
import io.waybill.acceptance.site.EventEar;
import io.waybill.acceptance.site.Program;
import io.waybill.acceptance.site.Site;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A device hears what becomes of its uploads, in order, whatever dies. */
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeviceEventsTest {
  private Site site;

  @BeforeAll
  void open(@TempDir Path folder) {
    site = Site.open(folder);
    site.controlApi();
  }

  @AfterAll
  void close() {
    site.close();
  }

  @Test
  void a_device_hears_what_became_of_its_upload_in_order_also_after_its_gateway_was_killed()
      throws InterruptedException {
    Program gateway = site.gateway("waybill-gateway-a");
    try (EventEar ear = EventEar.robot17(site.configuration());
        Api everything = TwoPartUpload.everything(site)) {
      Door people = Door.http("HTTP by API key", everything);
      Begun first = uploaded(people, everything, "heard");
      assertWhole(ear.awaits("upload.completed", first.session()));
      JsonNode ready = ear.awaitsOf("dataset/" + first.dataset(), "dataset.ready").getLast();
      assertThat(ready.at("/data/name").asString()).isEqualTo("heard.bin");
      assertThat(ready.at("/data/status").asString()).isEqualTo("READY");
      assertThat(ear.messages())
          .allSatisfy(message -> {
            assertThat(message.isRetain()).isFalse();
            assertThat(message.getContentType())
                .hasToString("Optional[application/cloudevents+json]");
            assertThat(
                    new String(
                        message.getPayloadAsBytes(), java.nio.charset.StandardCharsets.UTF_8))
                .doesNotContain("X-Amz", "wbd_", "wb_");
          });

      gateway.kill();
      Begun second = uploaded(people, everything, "heard-later");
      Program next = site.gateway("waybill-gateway-a");
      assertWhole(ear.awaits("upload.completed", second.session()));

      Begun third = uploaded(people, everything, "heard-in-between");
      next.kill();
      site.gateway("waybill-gateway-b");
      assertWhole(ear.awaits("upload.completed", third.session()));
    }
  }

  /** Paused, resumed, completed. */
  private static Begun uploaded(Door people, Api store, String name) {
    Begun upload = TwoPartUpload.begin(people, name);
    TwoPartUpload.send(people, store, upload, 1);
    people.result("pause_upload", upload.itself());
    people.result("resume_upload", upload.itself());
    TwoPartUpload.send(people, store, upload, 2);
    people.result("complete_upload", upload.itself());
    return upload;
  }

  private static void assertWhole(List<JsonNode> events) {
    assertThat(events)
        .extracting(event -> event.path("type").asString())
        .containsExactly("upload.paused", "upload.resumed", "upload.completed");
    assertThat(events)
        .extracting(event -> Long.parseLong(event.path("sequence").asString()))
        .isSorted();
    assertThat(events.getLast().at("/data/status").asString()).isEqualTo("COMPLETED");
  }
}
