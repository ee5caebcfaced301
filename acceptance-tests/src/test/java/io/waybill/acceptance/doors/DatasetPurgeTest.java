package io.waybill.acceptance.doors;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.acceptance.site.Api;
import io.waybill.acceptance.site.SharedSite;
import io.waybill.acceptance.site.Site;
import io.waybill.allinone.stack.DevelopmentIdentities;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** What is deleted for ever is gone from the store as well, on the whole system. */
@Timeout(300)
@ExtendWith(SharedSite.class)
class DatasetPurgeTest {
  private static final String PROJECT = "/v1/projects/" + TwoPartUpload.PROJECT;
  private static final String MEANT = "{\"confirm_purge\": true}";
  private static final String USED =
      "select coalesce(sum(used_bytes), 0) from project_usage where project_id = ?::uuid";
  private static final String ROWS =
      "select count(*) from audit_events where resource_id = ?::uuid and action = ?";

  private final Site site;

  DatasetPurgeTest(Site site) {
    this.site = site;
  }

  @Test
  void a_purge_deletes_the_object_once_for_who_may() throws Exception {
    try (Api admin = new Api(site.api(), DevelopmentIdentities.API_KEY);
        Api viewer = new Api(site.api(), DevelopmentIdentities.VIEWER_API_KEY);
        Api other = new Api(site.api(), Strangers.OTHER_API_KEY)) {
      byte[] bytes = "a file".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
      long usedBefore = used();
      String dataset = uploaded(admin, bytes);
      String path = PROJECT + "/datasets/" + dataset;
      String url = admin.downloadUrl(TwoPartUpload.PROJECT, dataset);
      assertThat(status(url)).isEqualTo(200);
      assertThat(used()).isEqualTo(usedBefore + bytes.length);

      assertThat(admin.call("DELETE", path + "/purge", MEANT).code())
          .isEqualTo("dataset.invalid_state");
      assertThat(admin.call("DELETE", path, "").status()).isEqualTo(204);
      assertThat(admin.post(path + "/legal-hold", "{\"reason\": \"case 7\"}").status())
          .isEqualTo(200);
      assertThat(admin.call("DELETE", path + "/purge", MEANT).code())
          .isEqualTo("dataset.purge_denied");
      assertThat(admin.call("DELETE", path + "/legal-hold", "").status()).isEqualTo(200);
      assertThat(viewer.call("DELETE", path + "/purge", MEANT).status()).isIn(403, 404);
      assertThat(other.call("DELETE", path + "/purge", MEANT).code())
          .isEqualTo("dataset.not_found");
      assertThat(status(url)).isEqualTo(200);

      assertThat(admin.call("DELETE", path + "/purge", MEANT).status()).isEqualTo(204);

      assertThat(status(url)).isEqualTo(404);
      assertThat(admin.call("DELETE", path + "/purge", MEANT).status()).isEqualTo(204);
      assertThat(other.call("DELETE", path + "/purge", MEANT).code())
          .isEqualTo("dataset.not_found");
      assertThat(admin.post(path + "/restore", "").code()).isEqualTo("dataset.not_found");
      assertThat(used()).isEqualTo(usedBefore);
      assertThat(rows(dataset, "dataset.purge")).isEqualTo(1);
      assertThat(rows(dataset, "dataset.purge_requested")).isEqualTo(1);
      assertThat(rows(dataset, "dataset.purged")).isEqualTo(1);
    }
  }

  private static String uploaded(Api admin, byte[] bytes) {
    String wanted =
        """
        {"objects": [{"dataset_name": "gone", "object_name": "gone.bin", "file_size_bytes": %d}],
         "presign": {"first": 1}}
        """
            .formatted(bytes.length);
    JsonNode object = admin.post(PROJECT + "/upload-tasks", wanted).ok().at("/objects/0");
    admin.put(object.at("/presigned/parts/0/url").asString(), bytes);
    String session = object.path("session_id").asString();
    admin.post("/v1/uploads/" + session + "/complete", "").ok();
    return object.path("dataset_id").asString();
  }

  private long used() {
    return site.database().count(USED, TwoPartUpload.PROJECT);
  }

  private long rows(String dataset, String action) {
    return site.database().count(ROWS, dataset, action);
  }

  private static int status(String url) throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.discarding())
          .statusCode();
    }
  }
}
