package io.waybill.controlapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.controlapi.edge.Route;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Brings about what a route needs to answer well, and asks it. */
final class Situations {

  /** Bodies of those routes that must be asked something. */
  private static final Map<String, String> BODIES =
      Map.of(
          "POST /v1/projects/{project_id}/upload-tasks",
          "{\"objects\": [{\"object_name\": \"a\", \"file_size_bytes\": 1}]}",
          "POST /v1/uploads/{session_id}/parts/presign",
          "{\"part_numbers\": [1]}",
          "POST /v1/uploads/{session_id}/parts/ack",
          "{\"parts\": [{\"part_number\": 1, \"etag\": \"e\", \"size_bytes\": %d}]}"
              .formatted(TestWorld.PART),
          "POST /v1/uploads/{session_id}/extend",
          "{\"extend_by_seconds\": 60}",
          "POST /v1/projects/{project_id}/tag-categories",
          "{\"name\": \"shift\"}",
          "PATCH /v1/projects/{project_id}/tag-categories/{tag_category_id}",
          "{\"description\": \"by day\"}",
          "POST /v1/api-keys",
          "{\"name\": \"line 3\"}");

  private final TestWorld world;

  Situations(TestWorld world) {
    this.world = world;
  }

  /** {@code POST /v1/projects/{project_id}/upload-tasks}. */
  static String nameOf(Route route) {
    return route.method().text() + " " + route.template();
  }

  /** A path of the route at which it can answer well, once. */
  String path(Route route) {
    String template = route.template();
    if (!template.contains("{")) {
      return template;
    }
    HttpUploads.Made made = HttpUploads.in(world).create(1);
    if (template.endsWith("/complete")) {
      made.send(1, 1);
    } else if (template.endsWith("/download-url")) {
      made.send(1, 1).complete();
    } else if (template.endsWith("/resume")) {
      did(made.path() + "/pause");
    } else if (template.endsWith("/retry")) {
      did(made.path() + "/abort");
    }
    return template
        .replace("{project_id}", TestWorld.PROJECT.toString())
        .replace("{task_id}", made.taskId())
        .replace("{object_id}", made.objectId())
        .replace("{dataset_id}", made.datasetId())
        .replace("{session_id}", made.sessionId())
        .replace("{api_key_id}", template.contains("/api-keys") ? apiKey() : "")
        .replace("{tag_category_id}", template.contains("/tag-categories") ? tagCategory() : "");
  }

  private String apiKey() {
    HttpCalls admin = world.as(TestWorld.ADMIN);
    HttpAnswer made = admin.post("/v1/api-keys", "{\"name\": \"line 4\"}");
    return made.json().at("/api_key/api_key_id").asString();
  }

  /** The only tag category there is. */
  private String tagCategory() {
    String path = "/v1/projects/" + TestWorld.PROJECT + "/tag-categories";
    HttpCalls admin = world.as(TestWorld.ADMIN);
    admin
        .get(path)
        .json()
        .get("tag_categories")
        .valueStream()
        .forEach(known -> admin.delete(path + "/" + known.get("tag_category_id").asString()));
    return admin.post(path, "{\"name\": \"crew\"}").json().get("tag_category_id").asString();
  }

  /** Asks a route at such a path. */
  HttpAnswer ask(HttpCalls caller, Route route, String path) {
    String body = BODIES.getOrDefault(nameOf(route), "");
    HttpCalls typed = body.isEmpty() ? caller : caller.with("Content-Type", "application/json");
    return typed.send(route.method().text(), path, body.getBytes(StandardCharsets.UTF_8));
  }

  private void did(String path) {
    assertThat(world.as(TestWorld.ADMIN).post(path, "").outcome()).isEqualTo("200");
  }
}
