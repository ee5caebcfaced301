package io.waybill.acceptance.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.acceptance.site.Api;
import io.waybill.acceptance.site.Sample;
import io.waybill.allinone.stack.DevelopmentIdentities;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;

/** A project whose storage policy cuts files into parts as small as a store takes. */
record SmallParts(Api api, String id) {

  static SmallParts project(Api api, String slug, String more) {
    String policy =
        """
        {"name": "%s", "endpoint_ref": "default", "bucket": "robot-data",
         "default_part_size_bytes": 5242880%s}\
        """
            .formatted(slug, more);
    JsonNode made =
        Awaitility.await("the store is tried in the background")
            .atMost(Duration.ofMinutes(1))
            .until(() -> api.post("/v1/storage-policies", policy), answer -> answer.status() == 201)
            .ok();
    String id =
        api.post("/v1/projects", "{\"slug\": \"%s\", \"name\": \"%s\"}".formatted(slug, slug))
            .ok()
            .path("project_id")
            .asString();
    api.post(
            "/v1/projects/" + id + "/storage-policy",
            "{\"storage_policy_id\": \"%s\"}".formatted(made.path("storage_policy_id").asString()))
        .ok();
    String robot = DevelopmentIdentities.ROBOT_17.toString();
    api.post("/v1/projects/" + id + "/devices/" + robot + "/grant", "{}").ok();
    return new SmallParts(api, id);
  }

  /** Begins an upload of one file of this size, as the API answers it. */
  JsonNode begin(String name, long bytes) {
    return api.post(
            "/v1/projects/" + id + "/upload-tasks",
            """
            {"task_name": "%s", "task_initiator": "cli",
             "objects": [{"dataset_name": "%s", "object_name": "%s.bin", "file_size_bytes": %d}]}\
            """
                .formatted(name, name, name, bytes))
        .ok();
  }

  /** The only task of this name, with its objects. */
  JsonNode task(String name) {
    JsonNode tasks = api.get("/v1/projects/" + id + "/upload-tasks").ok().path("upload_tasks");
    List<JsonNode> found =
        tasks.valueStream().filter(t -> t.path("task_name").asString("").equals(name)).toList();
    assertThat(found).as("tasks named %s", name).hasSize(1);
    return api.get(path(found.getFirst())).ok();
  }

  private String path(JsonNode task) {
    return "/v1/projects/" + id + "/upload-tasks/" + task.path("task_id").asString();
  }

  /** Somebody else pauses, resumes or cancels it. */
  void move(String name, String what) {
    api.post(path(task(name)) + "/" + what, "{\"reason\": \"an operator\"}").ok();
  }

  /** The task is complete, and its objects are the files, byte for byte. */
  void holds(String name, List<Sample> samples) {
    JsonNode task = task(name);
    assertThat(task.path("status").asString()).isEqualTo("COMPLETED");
    assertThat(task.path("objects")).hasSize(samples.size());
    for (Sample sample : samples) {
      JsonNode object =
          task.path("objects")
              .valueStream()
              .filter(each -> sample.file().endsWith(each.path("object_name").asString()))
              .findAny()
              .orElseThrow();
      String url = api.downloadUrl(id, object.path("dataset_id").asString());
      try {
        assertThat(Sample.sha256(URI.create(url).toURL().openStream()))
            .as("SHA-256 of what is stored of %s", sample.file())
            .isEqualTo(sample.sha256());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
