package io.waybill.acceptance.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.acceptance.site.Api;
import io.waybill.acceptance.site.SharedSite;
import io.waybill.acceptance.site.Site;
import io.waybill.allinone.stack.DevelopmentIdentities;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** What stays when a device goes. */
@Timeout(300)
@ExtendWith(SharedSite.class)
class DeletedDeviceTest {
  private static final String PROJECT = "/v1/projects/" + DevelopmentIdentities.PROJECT;
  private static final byte[] BYTES = "sent before it went".getBytes(UTF_8);

  private final Site site;

  DeletedDeviceTest(Site site) {
    this.site = site;
  }

  @Test
  void the_files_of_a_device_that_was_deleted_stay() {
    try (Api admin = new Api(site.api(), DevelopmentIdentities.API_KEY)) {
      String code = "gone-" + UUID.randomUUID().toString().substring(0, 8);
      JsonNode device =
          admin
              .post(
                  PROJECT + "/devices",
                  "{\"name\": \"%s\", \"device_code\": \"%s\"}".formatted(code, code))
              .ok();
      String path = PROJECT + "/devices/" + device.at("/device/device_id").asString();
      admin.post(path + "/grant", "").ok();
      String dataset;
      try (Api robot =
          new Api(site.api(), device.at("/credential/credential_material").asString())) {
        dataset = sent(robot);
      }

      assertThat(admin.call("DELETE", path, "").status()).isEqualTo(204);

      JsonNode kept = admin.get(PROJECT + "/datasets/" + dataset).ok();
      assertThat(kept.path("source_device_code").asString()).isEqualTo(code);
      assertThat(admin.download(DevelopmentIdentities.PROJECT.toString(), dataset))
          .isEqualTo(BYTES);
    }
  }

  private static String sent(Api robot) {
    String task =
        """
        {"objects": [{"object_name": "a.bin", "file_size_bytes": %d}], "presign": {"first": 1}}
        """
            .formatted(BYTES.length);
    JsonNode object = robot.post(PROJECT + "/upload-tasks", task).ok().at("/objects/0");
    robot.put(object.at("/presigned/parts/0/url").asString(), BYTES);
    robot.post("/v1/uploads/" + object.path("session_id").asString() + "/complete", "").ok();
    return object.path("dataset_id").asString();
  }
}
