package io.waybill.acceptance.routes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import tools.jackson.databind.JsonNode;

/** Uploads of one byte in a project, as far as a route needs them. */
final class StageUploads {
  private static final String BYTE = "x";

  private final Caller admin;
  private final String project;
  private final String newTask;

  /**
   * In the project of this path.
   *
   * @param newTask the body that makes one
   */
  StageUploads(Caller admin, String project, String newTask) {
    this.admin = admin;
    this.project = project;
    this.newTask = newTask;
  }

  /** The path of a route of tasks or sessions, with one in the state that it needs. */
  String under(String template) {
    JsonNode task = begun();
    JsonNode object = task.at("/objects/0");
    String session = "/v1/uploads/" + object.path("session_id").asString();
    String path =
        template
            .replace("{session_id}", object.path("session_id").asString())
            .replace("{task_id}", task.path("task_id").asString())
            .replace("{object_id}", object.path("object_id").asString());
    switch (template.substring(template.lastIndexOf('/'))) {
      case "/complete" -> send(session);
      case "/resume" -> admin.did("POST", session + "/pause", "");
      case "/retry" -> admin.did("POST", session + "/abort", "");
      default -> {
        // It is asked of what has just begun.
      }
    }
    return path;
  }

  private void send(String session) {
    JsonNode urls =
        admin.did("POST", session + "/parts/presign", "{\"part_numbers\": [1]}").at("/parts/0");
    HttpRequest put =
        HttpRequest.newBuilder(URI.create(urls.path("url").asString()))
            .PUT(BodyPublishers.ofString(BYTE, UTF_8))
            .build();
    try {
      assertThat(admin.client().send(put, BodyHandlers.discarding()).statusCode()).isEqualTo(200);
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A task with one file that is about to be sent. */
  JsonNode begun() {
    return admin.did("POST", project + "/upload-tasks", newTask);
  }

  /** A dataset whose file is in the store; its id. */
  String stored() {
    JsonNode object = begun().at("/objects/0");
    String session = "/v1/uploads/" + object.path("session_id").asString();
    send(session);
    admin.did("POST", session + "/complete", "");
    return object.path("dataset_id").asString();
  }
}
