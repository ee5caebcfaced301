package io.waybill.acceptance.console;

import io.waybill.acceptance.site.Api;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * An upload as a device makes it, part by part.
 *
 * @param task its id
 * @param session that of its only file
 */
record Recording(Api api, String project, String task, String session, int parts) {

  private static final int PART = 5 << 20;

  /** Begins one whose file has so many parts. */
  static Recording begin(Api api, String project, String name, String file, int parts) {
    String body =
        """
        {"task_name": "%s", "task_initiator": "cli", "source_device_code": "robot-17",
         "objects": [{"dataset_name": "%s", "object_name": "%s", "file_size_bytes": %d, "part_size_bytes": %d}]}\
        """
            .formatted(name, file, file, (long) PART * parts, PART);
    JsonNode made = api.post("/v1/projects/" + project + "/upload-tasks", body).ok();
    return new Recording(
        api,
        project,
        made.path("task_id").asString(),
        made.at("/objects/0/session_id").asString(),
        parts);
  }

  /** Sends these parts and says so; URLs of two more are out then. */
  Recording send(int first, int last) {
    JsonNode urls =
        api.post(
                path("/parts/presign"),
                "{\"part_number_start\": %d, \"part_number_end\": %d}"
                    .formatted(first, Math.min(parts, last + 2)))
            .ok()
            .path("parts");
    List<String> sent = new ArrayList<>();
    for (int n = first; n <= last; n++) {
      String etag = api.put(urls.get(n - first).path("url").asString(), new byte[PART]);
      sent.add(
          "{\"part_number\": %d, \"etag\": \"%s\", \"size_bytes\": %d}"
              .formatted(n, etag.replace("\"", "\\\""), PART));
    }
    api.post(path("/parts/ack"), "{\"parts\": [%s]}".formatted(String.join(",", sent))).ok();
    return this;
  }

  Recording complete() {
    api.post(path("/complete"), "{}").ok();
    return this;
  }

  Recording pause(String reason) {
    api.post(path("/pause"), "{\"reason\": \"%s\"}".formatted(reason)).ok();
    return this;
  }

  /** The state of its task, as the API has it. */
  String state() {
    return api.get("/v1/projects/" + project + "/upload-tasks/" + task)
        .ok()
        .path("status")
        .asString();
  }

  private String path(String rest) {
    return "/v1/uploads/" + session + rest;
  }
}
