package io.waybill.acceptance.doors;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.acceptance.site.Api;
import io.waybill.acceptance.site.MoodyStore;
import io.waybill.acceptance.site.MoodyStore.Mood;
import io.waybill.acceptance.site.OpenUploads;
import io.waybill.acceptance.site.Program;
import io.waybill.acceptance.site.Site;
import io.waybill.server.config.StorageSetting;
import io.waybill.server.config.WorkerSetting;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;

/** An installation in which nothing moves by itself, and uploads in it that have come to a stop. */
final class Stuck implements AutoCloseable {
  static final byte[] BYTES = "what stands still".repeat(20).getBytes(StandardCharsets.UTF_8);

  private static final String DEVICES = "/v1/projects/" + TwoPartUpload.PROJECT + "/devices";

  private final Site site;
  private final MoodyStore store;
  private final Map<String, String> environment;
  private final Api api;
  private Program server;

  Stuck(Site site) {
    this.site = site;
    this.store = MoodyStore.before(site);
    this.environment =
        Map.of(
            StorageSetting.ENDPOINT.variable(),
            store.address().toString(),
            WorkerSetting.ENABLED.variable(),
            "false");
    this.server = site.controlApi(environment);
    this.api = TwoPartUpload.everything(site);
    work("probe");
  }

  Api api() {
    return api;
  }

  Site site() {
    return site;
  }

  /** An upload of one part: {@code more} are members of its object, with a comma before each. */
  JsonNode begin(String project, String name, String more, int urls) {
    return api.post(
            "/v1/projects/" + project + "/upload-tasks",
            """
            {"objects": [{"object_name": "%s", "file_size_bytes": %d %s}]%s}\
            """
                .formatted(
                    name,
                    BYTES.length,
                    more,
                    urls == 0 ? "" : ", \"presign\": {\"first\": " + urls + "}"))
        .ok()
        .at("/objects/0");
  }

  /** One whose part is in the store. */
  JsonNode filled(String project, String name) {
    JsonNode object = begin(project, name, "", 1);
    api.put(object.at("/presigned/parts/0/url").asString(), BYTES);
    return object;
  }

  Api.Answer complete(JsonNode object) {
    return api.post("/v1/uploads/" + session(object) + "/complete", "{}");
  }

  /** What somebody is answered while the store is so. */
  Api.Answer during(Mood mood, String call, JsonNode object) {
    store.be(mood);
    try {
      return api.post("/v1/uploads/" + session(object) + "/" + call, "{}");
    } finally {
      store.be(Mood.WELL);
    }
  }

  /** The store is asked to complete, and before it answers the API dies; another one starts. */
  void dieWhileCompleting(JsonNode object) {
    store.be(Mood.SILENT);
    Thread call =
        Thread.ofVirtual()
            .start(() -> {
              try {
                complete(object);
              } catch (UncheckedIOException dead) {
                // as is meant
              }
            });
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .until(
            () -> api.get("/v1/uploads/" + session(object)).ok().path("status").asString(),
            "COMPLETING"::equals);
    server.kill();
    call.interrupt();
    store.be(Mood.WELL);
    server = site.controlApi(environment);
  }

  /** A device that has been here once, over HTTP. */
  String register() {
    String name = UUID.randomUUID().toString();
    JsonNode made =
        api.post(DEVICES, "{\"name\": \"%s\", \"device_code\": \"%s\"}".formatted(name, name)).ok();
    try (Api device = new Api(site.api(), made.at("/credential/credential_material").asString())) {
      device.get("/v1/describe").ok();
    }
    return made.at("/device/device_id").asString();
  }

  /** A device whose agent was connected, and died. */
  String gone() {
    site.gateway("waybill-gateway-a");
    Program agent = site.agent(site.logs().resolve("state"), Map.of(), "run");
    awaitOnline(true);
    agent.kill();
    awaitOnline(false);
    return TwoPartUpload.ROBOT_17;
  }

  private void awaitOnline(boolean online) {
    Awaitility.await()
        .atMost(Duration.ofMinutes(2))
        .until(
            () -> api.get(DEVICES + "/" + TwoPartUpload.ROBOT_17).ok(),
            device -> device.path("online").asBoolean() == online);
  }

  /** As if the bucket's own rule had dropped its parts. */
  void purge(JsonNode object) {
    new OpenUploads(site.storeFolder()).drop(key(object));
  }

  private String key(JsonNode object) {
    return site.database()
        .texts("select object_key from upload_sessions where id = ?", id(object))
        .getFirst();
  }

  /** As if all that has happened to it had happened so long ago. */
  void wait(JsonNode object, String interval) {
    site.database()
        .change(
            """
            update upload_sessions set created_at = created_at - i, updated_at = updated_at - i,
              expires_at = expires_at - i, due_at = due_at - i, lease_until = lease_until - i,
              missing_since = missing_since - i
            from (select ?::interval as i) w where id = ?\
            """,
            interval,
            id(object));
    site.database()
        .change(
            """
            update upload_events set occurred_at = occurred_at - i, valid_until = valid_until - i
            from (select ?::interval as i) w where session_id = ?\
            """,
            interval,
            id(object));
  }

  private static UUID id(JsonNode object) {
    return UUID.fromString(session(object));
  }

  static String session(JsonNode object) {
    return object.path("session_id").asString();
  }

  /** One round of one worker, by hand. */
  void work(String worker) {
    admin("worker", "run-once", worker);
  }

  void admin(String... arguments) {
    List<String> all = new ArrayList<>(List.of("admin"));
    all.addAll(List.of(arguments));
    try (Program command =
        Program.start(
            site.logs().resolve("admin-" + UUID.randomUUID() + ".log"),
            site.environment(),
            "-Xmx128m",
            "io.waybill.server.Main",
            all)) {
      assertThat(command.exitCode()).as(command.output()).isZero();
    }
  }

  /** Why it stands still, as a session or a dataset says. */
  JsonNode diagnosis(String project, JsonNode object, boolean ofDataset) {
    String path =
        ofDataset
            ? "/v1/projects/" + project + "/datasets/" + object.path("dataset_id").asString()
            : "/v1/uploads/" + session(object);
    return api.get(path).ok().path("diagnosis");
  }

  @Override
  public void close() {
    api.close();
    store.close();
  }
}
