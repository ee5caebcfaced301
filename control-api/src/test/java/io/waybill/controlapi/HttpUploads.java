package io.waybill.controlapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/** Uploads as a client makes them: over HTTP, and straight into the store. */
final class HttpUploads {

  private final TestWorld world;
  private final HttpCalls caller;

  private HttpUploads(TestWorld world, HttpCalls caller) {
    this.world = world;
    this.caller = caller;
  }

  static HttpUploads in(TestWorld world) {
    return by(world, TestWorld.ADMIN);
  }

  static HttpUploads by(TestWorld world, String secret) {
    return new HttpUploads(world, world.as(secret));
  }

  /** A task with one file of so many parts. */
  Made create(int parts) {
    HttpAnswer answer =
        caller.post(
            "/v1/projects/" + TestWorld.PROJECT + "/upload-tasks",
            """
            {"objects": [{"object_name": "run.mcap", "file_size_bytes": %d}]}
            """
                .formatted(parts * TestWorld.PART));
    assertThat(answer.outcome()).isEqualTo("201");
    return new Made(answer.json());
  }

  /** A task that was made. */
  final class Made {
    private final JsonNode task;

    private Made(JsonNode task) {
      this.task = task;
    }

    String taskId() {
      return task.get("task_id").asString();
    }

    String objectId() {
      return task.at("/objects/0/object_id").asString();
    }

    String datasetId() {
      return task.at("/objects/0/dataset_id").asString();
    }

    String sessionId() {
      return task.at("/objects/0/session_id").asString();
    }

    /** {@code /v1/uploads/…}. */
    String path() {
      return "/v1/uploads/" + sessionId();
    }

    /** {@code /v1/projects/…/upload-tasks/…}. */
    String taskPath() {
      return "/v1/projects/" + TestWorld.PROJECT + "/upload-tasks/" + taskId();
    }

    String datasetPath() {
      return "/v1/projects/" + TestWorld.PROJECT + "/datasets/" + datasetId();
    }

    /** Asks for the URLs of these parts and puts bytes there. */
    Made send(int from, int to) {
      HttpAnswer urls =
          caller.post(
              path() + "/parts/presign",
              "{\"part_number_start\": %d, \"part_number_end\": %d}".formatted(from, to));
      assertThat(urls.outcome()).isEqualTo("200");
      String query = URI.create(urls.json().at("/parts/0/url").asString()).getQuery();
      String uploadId = query.replaceAll(".*uploadId=([^&]*).*", "$1");
      IntStream.rangeClosed(from, to)
          .forEach(part -> world.objects.put(uploadId, part, TestWorld.PART));
      return this;
    }

    Made complete() {
      assertThat(caller.post(path() + "/complete", "").outcome()).isEqualTo("200");
      return this;
    }
  }
}
