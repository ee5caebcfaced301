package io.waybill.acceptance.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.acceptance.site.Api;
import io.waybill.acceptance.site.Database;
import io.waybill.acceptance.site.Device;
import io.waybill.acceptance.site.OpenUploads;
import io.waybill.acceptance.site.Scale;
import io.waybill.acceptance.site.Site;
import io.waybill.allinone.stack.DevelopmentIdentities;
import io.waybill.server.config.WorkerSetting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Several clients at both doors do anything at any time to the same few uploads. */
@Timeout(600)
class RandomCallsTest {
  private static final int CALLS_OF_A_CLIENT = Scale.times(80);
  private static final int UPLOADS = 3;
  private static final byte[] BYTES = new byte[1000];
  private static final Set<String> FAIR =
      Set.of(
          "upload.invalid_state",
          "upload.missing_parts",
          "upload.completion_in_progress",
          "upload.abort_in_progress",
          "request.version_conflict");
  private static final List<String> COMMANDS =
      List.of(
          "pause",
          "resume",
          "resume",
          "complete",
          "complete",
          "abort",
          "put",
          "put",
          "put",
          "list",
          "new");

  private final AtomicReferenceArray<String> sessions = new AtomicReferenceArray<>(UPLOADS);

  @TempDir Path folder;

  @Test
  void whatever_clients_do_rows_and_store_agree() throws Exception {
    long seed = Long.getLong("waybill.test.seed", System.nanoTime());
    System.out.println("RandomCallsTest: -Dwaybill.test.seed=" + seed);
    try (Site site = Site.open(folder);
        Api api = new Api(site.api(), DevelopmentIdentities.API_KEY)) {
      site.controlApi(Map.of(WorkerSetting.PERIOD_SECONDS.variable(), "1"));
      site.gateway("waybill-gateway-a");
      try (Device robot = Device.robot17(site.configuration());
          ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
        IntStream.range(0, UPLOADS).forEach(n -> sessions.set(n, create(robot)));
        List<Future<?>> all =
            IntStream.range(0, 4)
                .<Future<?>>mapToObj(
                    n -> clients.submit(() -> live(new Random(seed + n), n % 2 == 0, robot, api)))
                .toList();
        for (Future<?> client : all) {
          client.get();
        }
        bothEnds(robot, api);
      }
      Database database = site.database();
      Awaitility.await()
          .atMost(Duration.ofMinutes(3))
          .until(() -> new Effects(database).unfinished() == 0);
      rowsAgree(database);
      storeAgrees(database, new OpenUploads(site.storeFolder()));
    }
  }

  /** Chance may have met neither: one upload that is completed, and one that is given up. */
  private static void bothEnds(Device robot, Api api) {
    String whole = create(robot);
    put(whole, false, robot, api);
    say(whole, "complete_upload", null, "", robot, api);
    say(create(robot), "abort_upload", null, "", robot, api);
  }

  private static String create(Device robot) {
    String payload =
        "{\"project_id\": \"%s\", \"objects\": [{\"object_name\": \"r\", \"file_size_bytes\": %d}]}"
            .formatted(DevelopmentIdentities.PROJECT, BYTES.length);
    JsonNode object = robot.result("create_session", payload).path("objects").get(0);
    return object.path("session_id").stringValue();
  }

  private void live(Random random, boolean overHttp, Device robot, Api api) {
    for (int n = 0; n < CALLS_OF_A_CLIENT; n++) {
      int upload = random.nextInt(UPLOADS);
      String session = sessions.get(upload);
      String command = COMMANDS.get(random.nextInt(COMMANDS.size()));
      switch (command) {
        case "new" -> {
          if (random.nextInt(3) == 0) {
            sessions.set(upload, create(robot));
          }
        }
        case "put" -> put(session, overHttp, robot, api);
        case "list" -> say(session, "list_parts", null, ", \"source\": \"reconcile\"", robot, api);
        default -> say(session, command + "_upload", overHttp ? command : null, "", robot, api);
      }
    }
  }

  private static void put(String session, boolean overHttp, Device robot, Api api) {
    String parts = "\"part_numbers\": [1]";
    JsonNode urls =
        say(session, "presign_parts", overHttp ? "parts/presign" : null, parts, robot, api);
    if (urls.path("parts").isArray() && urls.path("parts").size() == 1) {
      // The upload may have ended since: then the store says so.
      var _ = api.tryPut(urls.path("parts").get(0).path("url").stringValue(), BYTES);
    }
  }

  /** Says it over HTTP when there is a path, else over MQTT; the answer, or the error. */
  private static JsonNode say(
      String session, String command, @Nullable String path, String more, Device robot, Api api) {
    String fields = more.startsWith(",") ? more.substring(1) : more;
    JsonNode answer;
    if (path != null) {
      answer = api.post("/v1/uploads/" + session + "/" + path, "{" + fields + "}").body();
    } else {
      String payload = fields.isBlank() ? "" : ", " + fields;
      JsonNode heard = robot.ask(command, "{\"session_id\": \"" + session + "\"" + payload + "}");
      answer = heard.path("ok").asBoolean() ? heard.path("result") : heard;
    }
    if (answer.path("error").isObject()) {
      assertThat(answer.path("error").path("code").stringValue()).as(command).isIn(FAIR);
    }
    return answer;
  }

  private static void rowsAgree(Database database) {
    assertThat(database.texts("select distinct status from upload_sessions"))
        .as("ends that were met on the way")
        .contains("COMPLETED", "ABORTED");
    assertThat(
            database.count(
                """
                select count(*) from upload_sessions s join datasets d on d.id = s.dataset_id
                where (s.status = 'COMPLETED') <> (d.object_etag is not null)
                """))
        .as("sessions and datasets that disagree about an object")
        .isZero();
    assertThat(
            database.count(
                """
                select count(*) from upload_tasks t join lateral (
                  select count(*) filter (where status = 'COMPLETED') as completed,
                    count(*) filter (where status = 'CANCELLED') as cancelled,
                    count(*) filter (where status = 'PAUSED') as paused,
                    count(*) filter (where status = 'UPLOADING') as uploading,
                    count(*) filter (where status = 'PENDING') as pending
                  from upload_objects o where o.task_id = t.id) o on true
                where (t.completed_count, t.cancelled_count, t.paused_count, t.uploading_count, t.pending_count)
                  <> (o.completed, o.cancelled, o.paused, o.uploading, o.pending)
                """))
        .as("tasks whose counters are not their objects")
        .isZero();
    assertThat(
            database.texts(
                """
                select aggregate_id || ': ' || array_agg(sequence order by sequence)::text
                from outbox_events where aggregate_type = 'upload_session' group by aggregate_id
                having min(sequence) > 1 or count(*) <> max(sequence) - min(sequence) + 1 or count(*) <> count(distinct sequence)
                """))
        .as("outbox sequences with gaps")
        .isEmpty();
  }

  private static void storeAgrees(Database database, OpenUploads store) {
    for (String key :
        database.texts("select object_key from upload_sessions where status = 'COMPLETED'")) {
      assertThat(store.object(key)).isEqualTo(BYTES);
      assertThat(store.hasRemainsOf(key)).isFalse();
    }
    for (String key :
        database.texts("select object_key from upload_sessions where status <> 'COMPLETED'")) {
      assertThat(store.hasObject(key)).isFalse();
    }
  }
}
