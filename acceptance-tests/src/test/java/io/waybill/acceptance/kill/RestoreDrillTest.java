package io.waybill.acceptance.kill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.waybill.acceptance.site.Api;
import io.waybill.acceptance.site.Backups;
import io.waybill.acceptance.site.Program;
import io.waybill.acceptance.site.Site;
import io.waybill.allinone.stack.DevelopmentIdentities;
import io.waybill.server.config.WorkerSetting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The drill of docs/operations/backup.md: what is restored is older than the other. */
@Timeout(400)
class RestoreDrillTest {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final String DATASETS =
      "/v1/projects/" + DevelopmentIdentities.PROJECT + "/datasets/";
  private static final int BYTES = 4711;

  @TempDir Path folder;
  private final Random random = new Random(34);

  /** What was begun: ids, and where its bytes go. */
  @SuppressWarnings("ArrayRecordComponent") // nobody compares it
  private record Begun(String session, String dataset, String key, String url, byte[] bytes) {}

  @Test
  void a_database_older_than_its_bucket_finds_what_it_does_not_know() {
    try (Site site = Site.open(folder);
        Api api = new Api(site.api(), DevelopmentIdentities.API_KEY)) {
      Backups backups = new Backups(site, folder.resolve("backups"));
      Program server = withoutWorkers(site);
      List<Begun> whole = List.of(sent(api), sent(api), sent(api));
      trashed(api, whole.get(1));
      held(api, whole.get(2));
      Begun incomplete = begun(api);
      server.kill();
      backups.backUpDatabase();
      server = withoutWorkers(site);
      complete(api, incomplete);
      Begun unknown = sent(api);
      server.kill();
      backups.restoreDatabase();
      withoutWorkers(site);

      JsonNode report = recoveredOverAKill(site, api);

      assertThat(report.path("verified_count").asLong()).isEqualTo(3);
      assertThat(report.path("object_only_count").asLong()).isEqualTo(1);
      assertThat(report.path("object_count").asLong()).isEqualTo(5);
      for (Begun one : whole) {
        assertThat(standing(site, one)).endsWith("NORMAL");
      }
      assertThat(standing(site, whole.getFirst())).isEqualTo("READY NORMAL");
      assertThat(api.download(DevelopmentIdentities.PROJECT.toString(), whole.getFirst().dataset()))
          .isEqualTo(whole.getFirst().bytes());
      assertThat(standing(site, incomplete)).endsWith("RECOVERY_OBJECT_ONLY");
      assertThat(unclaimed(api, report)).contains(incomplete.key(), unknown.key()).hasSize(2);
      assertThat(api.get(DATASETS + unknown.dataset()).code()).isEqualTo("dataset.not_found");
      complete(api, incomplete);
      assertThat(standing(site, incomplete)).isEqualTo("READY NORMAL");
    }
  }

  @Test
  void a_bucket_older_than_its_database_misses_what_it_never_had() {
    try (Site site = Site.open(folder);
        Api api = new Api(site.api(), DevelopmentIdentities.API_KEY)) {
      Backups backups = new Backups(site, folder.resolve("backups"));
      withoutWorkers(site);
      List<Begun> whole = List.of(sent(api), sent(api), sent(api));
      trashed(api, whole.get(1));
      held(api, whole.get(2));
      Begun gone = sent(api);
      backups.backUpBucket();
      Begun incomplete = begun(api);
      Begun missing = sent(api);
      trashed(api, gone);
      api.call("DELETE", DATASETS + gone.dataset() + "/purge", "{\"confirm_purge\": true}").ok();
      backups.restoreBucket();

      JsonNode report = recoveredOverAKill(site, api);

      assertThat(report.path("verified_count").asLong()).isEqualTo(3);
      assertThat(report.path("missing_object_count").asLong()).isEqualTo(1);
      assertThat(report.path("metadata_only_count").asLong()).isEqualTo(1);
      assertThat(unclaimed(api, report)).as("it was purged").containsExactly(gone.key());
      assertThat(standing(site, incomplete)).endsWith("RECOVERY_METADATA_ONLY");
      assertThat(standing(site, missing)).isEqualTo("PROCESSING RECOVERY_MISSING_OBJECT");
      assertThat(api.post(DATASETS + missing.dataset() + "/download-url", "{}").code())
          .isEqualTo("dataset.not_ready");
      backups.bringBack(missing.key());
      site.database().change("update recovery_checks set due_at = now()");
      await().atMost(PATIENCE).until(() -> standing(site, missing).equals("READY NORMAL"));
      assertThat(told(site, missing))
          .containsSubsequence("dataset.missing_object", "dataset.recovered");
    }
  }

  private static Program withoutWorkers(Site site) {
    return site.controlApi(Map.of(WorkerSetting.ENABLED.variable(), "false"));
  }

  /** A worker that looks at one dataset in a second dies in the middle; another one ends it. */
  private static JsonNode recoveredOverAKill(Site site, Api api) {
    String id = api.post("/v1/recoveries", "").ok().path("recovery_id").asString();
    Program slow = site.worker(Map.of(WorkerSetting.RECOVERED_PER_SECOND.variable(), "1"));
    await().atMost(PATIENCE).until(() -> recovery(api, id).path("verified_count").asLong() > 0);
    slow.kill();
    assertThat(recovery(api, id).path("status").asString()).isNotEqualTo("COMPLETED");
    site.worker();
    await()
        .atMost(PATIENCE)
        .until(() -> recovery(api, id).path("status").asString().equals("COMPLETED"));
    return recovery(api, id);
  }

  private static JsonNode recovery(Api api, String id) {
    return api.get("/v1/recoveries/" + id).ok();
  }

  private static List<String> unclaimed(Api api, JsonNode report) {
    String path = "/v1/recoveries/" + report.path("recovery_id").asString() + "/objects";
    return api.get(path)
        .ok()
        .path("unclaimed_objects")
        .valueStream()
        .map(one -> one.path("object_key").asString())
        .toList();
  }

  private Begun sent(Api api) {
    Begun begun = begun(api);
    complete(api, begun);
    return begun;
  }

  private Begun begun(Api api) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    JsonNode object =
        api.post(
                "/v1/projects/" + DevelopmentIdentities.PROJECT + "/upload-tasks",
                """
                {"objects": [{"object_name": "drill.bin", "file_size_bytes": %d}],
                 "presign": {"first": 1, "expires_in_seconds": 900}}\
                """
                    .formatted(BYTES))
            .ok()
            .at("/objects/0");
    return new Begun(
        object.path("session_id").asString(),
        object.path("dataset_id").asString(),
        object.path("object_key").asString(),
        object.at("/presigned/parts/0/url").asString(),
        bytes);
  }

  /** Its one part is sent but where it is there already. */
  private static void complete(Api api, Begun begun) {
    api.tryPut(begun.url(), begun.bytes());
    api.post("/v1/uploads/" + begun.session() + "/complete", "{}").ok();
  }

  private static void trashed(Api api, Begun one) {
    api.call("DELETE", DATASETS + one.dataset(), "").ok();
  }

  private static void held(Api api, Begun one) {
    api.post(DATASETS + one.dataset() + "/legal-hold", "{\"reason\": \"the drill\"}").ok();
  }

  private static String standing(Site site, Begun one) {
    return site.database()
        .texts(
            "select status::text || ' ' || recovery_status::text from datasets where id = ?",
            UUID.fromString(one.dataset()))
        .getFirst();
  }

  private static List<String> told(Site site, Begun one) {
    return site.database()
        .texts(
            "select type from outbox_events where aggregate_id = ? order by sequence",
            UUID.fromString(one.dataset()));
  }
}
