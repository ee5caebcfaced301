package io.waybill.acceptance.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.acceptance.site.Api;
import io.waybill.allinone.stack.DevelopmentIdentities;
import java.net.URI;
import java.util.Random;
import tools.jackson.databind.JsonNode;

/** A browser's whole upload, and everything that it can do wrong. */
final class OverHttp {
  static final int BYTES = 2000;
  private static final String PROJECT = "/v1/projects/" + DevelopmentIdentities.PROJECT;
  private static final String TASKS = PROJECT + "/upload-tasks";
  private static final String DATASETS = PROJECT + "/datasets";

  private final Talk talk;
  private final URI root;
  private final Api api;

  OverHttp(Talk talk, URI root, Api api) {
    this.talk = talk;
    this.root = root;
    this.api = api;
  }

  static String task(String name) {
    return task(name, "");
  }

  private static String task(String name, String more) {
    return """
    {"task_name": "%s", "objects": [{"object_name": "run.bin", "file_size_bytes": %d}],
     "presign": {"first": 1}%s}
    """
        .formatted(name, BYTES, more);
  }

  private Api.Answer post(String path, String body) {
    return talk.heard(api.post(path, body));
  }

  private String refused(String path, String body) {
    return post(path, body).code();
  }

  private JsonNode create(String name) {
    return post(TASKS, task(name)).ok().path("objects").get(0);
  }

  private static String session(JsonNode object) {
    return "/v1/uploads/" + object.path("session_id").stringValue();
  }

  private static String url(JsonNode presigned) {
    return presigned.path("parts").get(0).path("url").stringValue();
  }

  static byte[] bytes() {
    byte[] bytes = new byte[BYTES];
    new Random(17).nextBytes(bytes);
    return bytes;
  }

  /** From the first request to the download, asking for URLs in every way there is. */
  void uploads(String name) {
    JsonNode object = create(name);
    String session = session(object);
    String etag = api.put(url(object.path("presigned")), bytes());
    post(session + "/parts/presign", "{\"part_numbers\": [1]}").ok();
    post(session + "/parts/presign", "{\"part_numbers\": [1], \"encoding\": \"compact\"}").ok();
    post(
            session + "/parts/ack",
            "{\"parts\": [{\"part_number\": 1, \"etag\": %s, \"size_bytes\": %d}]}"
                .formatted("\"" + etag.replace("\"", "\\\"") + "\"", BYTES))
        .ok();
    post(session + "/complete", "{}").ok();
    String dataset = object.path("dataset_id").stringValue();
    JsonNode download =
        post(DATASETS + "/" + dataset + "/download-url", "{\"purpose\": \"to look at it\"}").ok();
    assertThat(api.fetch(download.path("url").stringValue())).isEqualTo(bytes());
    talk.heard(api.get(session + "/events")).ok();
  }

  /** Errors in the request, each with something secret where it does not belong. */
  void errs() {
    String session = session(create("left unfinished"));
    assertThat(refused(session + "/complete", "{}")).isEqualTo("upload.missing_parts");
    assertThat(refused(TASKS, "{\"task_name\": \"x\", \"api_key\": " + talk.plant("broken JSON")))
        .isEqualTo("request.malformed");
    assertThat(refused(TASKS, "{\"" + talk.plant("an unclosed text")))
        .isEqualTo("request.malformed");
    for (String more :
        new String[] {
          "\"metadata\": {\"password\": \"" + talk.plant("metadata") + "\"}",
          "\"credential\": \"" + talk.plant("an unknown field") + "\"",
          "\"storage_policy_id\": \"" + talk.plant("an id") + "\"",
          "\"task_initiator\": \"" + talk.plant("an enum") + "\""
        }) {
      assertThat(refused(TASKS, task("x", ", " + more))).isEqualTo("request.validation_failed");
    }
    String sum = "{\"checksum_sha256\": \"" + talk.plant("a checksum") + "\"}";
    assertThat(refused(session + "/complete", sum)).isEqualTo("request.validation_failed");
    assertThat(
            refused(
                session + "/parts/presign",
                "{\"part_numbers\": [2], \"checksums\": {\"2\": \"%s\"}}"
                    .formatted(talk.plant("part checksums"))))
        .isEqualTo("request.validation_failed");
    api.post(TASKS, task("first"), "a-key");
    assertThat(talk.heard(api.post(TASKS, task("second"), "a-key")).code())
        .isEqualTo("idempotency.key_reused_with_different_request");
  }

  /** Errors in the head of the request. */
  void errsInTheHead() {
    talk.heard(api.get("/v1/uploads/" + talk.plant("a path"))).code();
    talk.heard(api.get("/v1/" + talk.plant("an unknown route"))).code();
    talk.heard(api.get(TASKS + "?cursor=" + talk.plant("a cursor"))).code();
    talk.heard(api.get(TASKS + "?X-Amz-Signature=" + talk.plant("a query"))).code();
    for (String token : new String[] {"wb_" + talk.plant("a wrong API key"), "x".repeat(600)}) {
      try (Api stranger = new Api(root, token)) {
        assertThat(talk.heard(stranger.get("/v1/projects")).code())
            .isEqualTo("auth.api_key_invalid");
      }
    }
    try (Api viewer = new Api(root, DevelopmentIdentities.VIEWER_API_KEY)) {
      assertThat(talk.heard(viewer.post(TASKS, task("not allowed"))).code())
          .isEqualTo("auth.permission_denied");
    }
  }

  /** Everything that needs the store, while it cannot be reached. */
  void losesTheStore(Road road) {
    JsonNode begun = create("loses the store");
    String session = session(begun);
    api.put(url(begun.path("presigned")), bytes());
    road.cut();
    assertThat(refused(TASKS, task("finds no store"))).isEqualTo("storage.unavailable");
    assertThat(refused(session + "/complete", "{}")).isEqualTo("storage.unavailable");
    assertThat(talk.heard(api.get("/readyz")).status()).isEqualTo(503);
    road.mend();
  }

  /** Repeats a URL to us that it was given, where a person writes what went wrong. */
  void tellsUsAUrl() {
    JsonNode begun = create("tells a URL");
    String reason = "PUT " + url(begun.path("presigned")) + " failed";
    String body = "{\"reason\": \"" + reason + "\"}";
    post(session(begun) + "/pause", body).ok();
    post(session(begun) + "/resume", body).ok();
    post(session(begun) + "/abort", body).ok();
    String made = post(DATASETS, "{\"name\": \"held\"}").ok().path("dataset_id").stringValue();
    post(DATASETS + "/" + made + "/legal-hold", body).ok();
    post(DATASETS + "/" + made + "/quarantine/release", body).code();
  }
}
