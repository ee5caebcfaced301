package io.waybill.acceptance.doors;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.acceptance.site.Api;
import io.waybill.acceptance.site.Site;
import io.waybill.allinone.embedded.EmbeddedStore;
import io.waybill.allinone.stack.DevelopmentIdentities;
import io.waybill.server.config.Port;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A storage policy of another store of the operator's: its uploads go there, and nowhere else. */
@Timeout(300)
class SecondEndpointTest {
  private static final byte[] BYTES = "a file for the archive".getBytes(UTF_8);

  @TempDir private Path folder;

  @Test
  void an_upload_goes_to_the_store_that_its_policy_names() throws Exception {
    EmbeddedStore.Settings cold =
        new EmbeddedStore.Settings(
            folder.resolve("archive").toAbsolutePath(),
            new Port(0, "object storage", "--storage-port"),
            "archive-key",
            "archive_secret_key",
            "cold",
            List.of());
    try (EmbeddedStore archive = EmbeddedStore.start(cold);
        Site site = Site.open(folder)) {
      Path endpoints = folder.resolve("endpoints.properties");
      Files.writeString(
          endpoints,
          """
          archive.endpoint=%s
          archive.region=us-east-1
          archive.access-key=archive-key
          archive.secret-key=archive_secret_key
          archive.buckets=cold
          """
              .formatted(archive.endpoint()));
      site.controlApi(Map.of("WAYBILL_STORAGE_ENDPOINTS_FILE", endpoints.toString()));
      try (Api admin = new Api(site.api(), DevelopmentIdentities.API_KEY)) {
        String project = project(admin, policy(admin));
        JsonNode object = begun(admin, project);
        String url = object.at("/presigned/parts/0/url").asString();
        assertThat(url).startsWith(archive.endpoint().toString());
        assertThat(object.path("bucket").asString()).isEqualTo("cold");
        admin.put(url, BYTES);
        admin.post("/v1/uploads/" + object.path("session_id").asString() + "/complete", "").ok();

        String dataset = object.path("dataset_id").asString();
        assertThat(admin.downloadUrl(project, dataset)).startsWith(archive.endpoint().toString());
        assertThat(admin.download(project, dataset)).isEqualTo(BYTES);
        String key = object.path("object_key").asString();
        assertThat(stored(folder.resolve("archive"), key)).isTrue();
        assertThat(stored(folder.resolve("data/storage"), key)).isFalse();
      }
    }
  }

  private static String policy(Api admin) {
    String body = "{\"name\": \"archive\", \"endpoint_ref\": \"archive\", \"bucket\": \"cold\"}";
    return Awaitility.await("the store is tried in the background")
        .atMost(Duration.ofMinutes(1))
        .until(() -> admin.post("/v1/storage-policies", body), answer -> answer.status() == 201)
        .ok()
        .path("storage_policy_id")
        .asString();
  }

  private static String project(Api admin, String policy) {
    String project =
        admin
            .post("/v1/projects", "{\"slug\": \"cold\", \"name\": \"Cold\"}")
            .ok()
            .path("project_id")
            .asString();
    admin
        .post(
            "/v1/projects/" + project + "/storage-policy",
            "{\"storage_policy_id\": \"%s\"}".formatted(policy))
        .ok();
    return project;
  }

  private static JsonNode begun(Api admin, String project) {
    String task =
        """
        {"objects": [{"object_name": "a.bin", "file_size_bytes": %d}], "presign": {"first": 1}}
        """
            .formatted(BYTES.length);
    return admin.post("/v1/projects/" + project + "/upload-tasks", task).ok().at("/objects/0");
  }

  private static boolean stored(Path store, String key) throws Exception {
    try (var tree = Files.walk(store)) {
      return tree.anyMatch(path -> path.toString().replace('\\', '/').endsWith(key));
    }
  }
}
