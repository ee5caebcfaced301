package io.waybill.acceptance.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.waybill.acceptance.site.Api;
import io.waybill.acceptance.site.MoodyStore;
import io.waybill.acceptance.site.MoodyStore.Mood;
import io.waybill.acceptance.site.OpenUploads;
import io.waybill.acceptance.site.Program;
import io.waybill.acceptance.site.Site;
import io.waybill.allinone.stack.DevelopmentIdentities;
import io.waybill.server.config.StorageSetting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * The store does to uploads what {@code docs/operations/runbooks.md} tells of, and it is followed.
 */
@Timeout(600)
class StoreRunbooksTest {
  private static final Page PAGE = Page.of("docs/operations/runbooks.md");
  private static final Duration LONG = Duration.ofMinutes(3);
  private static final String TASKS =
      "/v1/projects/" + DevelopmentIdentities.PROJECT + "/upload-tasks";
  private static final byte[] FILE = {1, 2, 3, 4, 5};

  @TempDir private Path folder;
  private Site site;
  private MoodyStore store;
  private Program control;
  private Api api;

  @BeforeEach
  void open() {
    site = Site.open(folder);
    store = MoodyStore.before(site);
    control = site.controlApi(throughTheMoods());
    api = new Api(site.api(), DevelopmentIdentities.API_KEY);
  }

  @AfterEach
  void close() {
    api.close();
    store.close();
    site.close();
  }

  @Test
  void aKeyThatIsOutOfReach() throws Exception {
    store.be(Mood.KMS_OFF);
    Api.Answer refused = create();
    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.code()).isEqualTo("storage.kms_unavailable");
    assertThat(look("storage_operation_errors_total"))
        .containsPattern("storage_operation_errors_total\\{operation=\"create\"} [1-9]");
    control.awaitOutput("KMS.DisabledException");

    store.be(Mood.WELL);
    await().atMost(LONG).until(() -> create().status() == 201);
  }

  @Test
  void anUploadThatTheStoreHasDropped() throws Exception {
    JsonNode task = create().ok();
    JsonNode object = task.at("/objects/0");
    send(object);
    new OpenUploads(site.storeFolder())
        .drop(site.database().texts("select object_key from upload_sessions").getFirst());

    assertThat(complete(object).status()).isGreaterThan(400);
    await()
        .atMost(LONG)
        .until(() ->
            look("upload_sessions_failed_total")
                .contains("error_code=\"storage.upload_missing\"} 1"));

    JsonNode again =
        api.post(
                TASKS
                    + "/"
                    + task.path("task_id").asString()
                    + "/objects/"
                    + object.path("object_id").asString()
                    + "/retry",
                "{}")
            .ok();
    send(again);
    assertThat(complete(again).ok().path("status").asString()).isEqualTo("COMPLETED");
    assertThat(look("upload_sessions_failed_total"))
        .contains("error_code=\"storage.upload_missing\"} 1");
  }

  @Test
  void aCleanupThatTheStoreRefuses() throws Exception {
    String session = create().ok().at("/objects/0/session_id").asString();
    store.be(Mood.NO_ABORTS);
    api.post("/v1/uploads/" + session + "/abort", "{}");
    String byHand = runOnce();
    assertThat(byHand).contains("redrive: ", " 1 errors");
    assertThat(status(session)).isEqualTo("ABORTING");

    store.be(Mood.WELL);
    await().atMost(LONG).until(() -> status(session).equals("ABORTED"));
    assertThat(runOnce()).contains("redrive: ", " 0 errors");
  }

  /** What the page's command about this metric shows. */
  private String look(String metric) throws Exception {
    List<String> blocks =
        PAGE.blocks("sh look").stream().filter(block -> block.contains(metric)).toList();
    assertThat(blocks).hasSize(1);
    return Shell.type(site, folder, Map.of(), blocks);
  }

  private Map<String, String> throughTheMoods() {
    return Map.of(StorageSetting.ENDPOINT.variable(), store.address().toString());
  }

  /** The round of the worker that the page has done by hand. */
  private String runOnce() {
    try (Program command =
        site.command(throughTheMoods(), "admin", "worker", "run-once", "redrive")) {
      command.exitCode();
      return command.output();
    }
  }

  private Api.Answer create() {
    return api.post(
        TASKS,
        "{\"objects\": [{\"object_name\": \"run.txt\", \"file_size_bytes\": %d}]}"
            .formatted(FILE.length));
  }

  private void send(JsonNode object) {
    String parts = upload(object) + "/parts/";
    String url =
        api.post(parts + "presign", "{\"part_numbers\": [1]}").ok().at("/parts/0/url").asString();
    String etag = api.put(url, FILE).replace("\"", "\\\"");
    api.post(
            parts + "ack",
            "{\"parts\": [{\"part_number\": 1, \"etag\": \"%s\", \"size_bytes\": %d}]}"
                .formatted(etag, FILE.length))
        .ok();
  }

  private Api.Answer complete(JsonNode object) {
    return api.post(upload(object) + "/complete", "{}");
  }

  private String status(String session) {
    return api.get("/v1/uploads/" + session).ok().path("status").asString();
  }

  private static String upload(JsonNode object) {
    return "/v1/uploads/" + object.path("session_id").asString();
  }
}
