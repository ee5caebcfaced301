package io.waybill.acceptance.doors;

import io.waybill.acceptance.site.Api;
import java.time.Duration;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;

/** Projects with storage policies of their own. */
final class PolicyProject {

  private PolicyProject() {}

  /**
   * One that robot-17 may upload to; its id.
   *
   * @param rules of its policy: JSON members
   */
  static String under(Api everything, String slug, String rules) {
    String policy =
        "{\"name\": \"%s\", \"endpoint_ref\": \"default\", \"bucket\": \"robot-data\", %s}"
            .formatted(slug, rules);
    JsonNode made =
        Awaitility.await("the store is tried in the background")
            .atMost(Duration.ofMinutes(1))
            .until(() -> everything.post("/v1/storage-policies", policy), a -> a.status() == 201)
            .ok();
    String project =
        everything
            .post("/v1/projects", "{\"slug\": \"%s\", \"name\": \"%s\"}".formatted(slug, slug))
            .ok()
            .path("project_id")
            .asString();
    everything
        .post(
            "/v1/projects/" + project + "/storage-policy",
            "{\"storage_policy_id\": \"%s\"}".formatted(made.path("storage_policy_id").asString()))
        .ok();
    everything
        .post("/v1/projects/" + project + "/devices/" + TwoPartUpload.ROBOT_17 + "/grant", "{}")
        .ok();
    return project;
  }
}
