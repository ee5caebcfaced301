package io.waybill.acceptance.doors;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.acceptance.site.Api;
import io.waybill.acceptance.site.Device;
import io.waybill.acceptance.site.Scale;
import io.waybill.acceptance.site.SharedSite;
import io.waybill.acceptance.site.Site;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** What was begun through one door goes on through the other, and nothing happens twice. */
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(SharedSite.class)
class TwoDoorsTest {
  private final Site site;
  private final Api asRobot;
  private final Api asKey;
  private final Device robot;
  private final Door mqtt;
  private final Door httpAsRobot;
  private final Door httpAsKey;

  TwoDoorsTest(Site site) {
    this.site = site;
    this.asRobot = TwoPartUpload.robot17(site);
    this.asKey = TwoPartUpload.everything(site);
    this.robot = Device.robot17(site.configuration());
    this.mqtt = Door.mqtt(robot);
    this.httpAsRobot = Door.http("HTTP as robot-17", asRobot);
    this.httpAsKey = Door.http("HTTP by API key", asKey);
  }

  @AfterAll
  void leave() {
    robot.close();
    asRobot.close();
    asKey.close();
  }

  Stream<Arguments> ways() {
    return Stream.of(
        Arguments.of(mqtt, httpAsRobot),
        Arguments.of(mqtt, httpAsKey),
        Arguments.of(httpAsRobot, mqtt),
        Arguments.of(httpAsKey, mqtt));
  }

  /** The doors of one actor: only those share their keys. */
  Stream<Arguments> waysOfTheRobot() {
    return Stream.of(Arguments.of(mqtt, httpAsRobot), Arguments.of(httpAsRobot, mqtt));
  }

  @ParameterizedTest(name = "from {0} to {1}")
  @MethodSource("ways")
  void an_upload_that_was_begun_through_one_door_is_finished_through_the_other(
      Door first, Door second) {
    TwoPartUpload.Begun upload = TwoPartUpload.begin(first, "handed-over");
    TwoPartUpload.send(first, asKey, upload, 1);
    assertThat(second.result("get_status", upload.itself()).path("uploaded_part_count").asInt())
        .isEqualTo(1);

    TwoPartUpload.send(second, asKey, upload, 2);
    JsonNode completed = second.result("complete_upload", upload.itself());

    assertThat(completed.path("status").asString()).isEqualTo("COMPLETED");
    assertThat(first.result("complete_upload", upload.itself())).isEqualTo(completed);
    assertThat(completed.path("receipt").asString()).isNotEmpty();
    assertThat(asKey.get("/v1/uploads/" + upload.session() + "/receipt").ok().path("receipt"))
        .isEqualTo(completed.path("receipt"));
    assertThat(TwoPartUpload.status(first, upload)).isEqualTo("COMPLETED");
    TwoPartUpload.assertStored(asKey, upload);
  }

  @ParameterizedTest(name = "from {0} to {1}")
  @MethodSource("ways")
  void a_pause_through_one_door_is_ended_through_the_other(Door first, Door second) {
    TwoPartUpload.Begun upload = TwoPartUpload.begin(first, "paused");

    first.result("pause_upload", upload.with(",\"reason\":\"the link is needed\""));
    assertThat(second.ask("presign_parts", upload.with(",\"part_numbers\":[1]")).code())
        .isEqualTo("upload.invalid_state");
    assertThat(second.result("get_status", upload.itself()).path("pause_reason").asString())
        .isEqualTo("the link is needed");
    second.result("resume_upload", upload.itself());

    assertThat(TwoPartUpload.status(first, upload)).isEqualTo("UPLOADING");
    first.result("abort_upload", upload.itself());
    assertThat(TwoPartUpload.status(second, upload)).isEqualTo("ABORTED");
  }

  @ParameterizedTest(name = "from {0} to {1}")
  @MethodSource("ways")
  void why_an_upload_is_stuck_is_said_in_the_same_words_through_both_doors(
      Door first, Door second) {
    TwoPartUpload.Begun upload = TwoPartUpload.begin(first, "stuck");
    assertThat(diagnosis(first, upload).isNull()).isTrue();
    assertThat(first.ask("complete_upload", upload.itself()).code())
        .isEqualTo("upload.missing_parts");
    assertThat(diagnosis(first, upload).path("cause").asString()).isEqualTo("missing_parts");
    assertThat(diagnosis(second, upload)).isEqualTo(diagnosis(first, upload));

    first.result("pause_upload", upload.with(",\"reason\":\"the link is needed\""));
    JsonNode paused = diagnosis(first, upload);
    assertThat(paused.path("cause").asString()).isEqualTo("paused");
    assertThat(paused.path("message").asString()).contains(" by ", "the link is needed");
    assertThat(diagnosis(second, upload)).isEqualTo(paused);
    assertThat(ofTask(upload)).isEqualTo(paused);
    first.result("abort_upload", upload.itself());
    assertThat(diagnosis(second, upload).isNull()).isTrue();
  }

  private static JsonNode diagnosis(Door door, TwoPartUpload.Begun upload) {
    return door.result("get_status", upload.itself()).path("diagnosis");
  }

  private JsonNode ofTask(TwoPartUpload.Begun upload) {
    JsonNode session = asKey.get("/v1/uploads/" + upload.session()).ok();
    String task = session.path("task_id").asString();
    JsonNode found =
        asKey.get("/v1/projects/" + TwoPartUpload.PROJECT + "/upload-tasks/" + task).ok();
    assertThat(found.path("objects").path(0).path("diagnosis")).isEqualTo(found.path("diagnosis"));
    return found.path("diagnosis");
  }

  @ParameterizedTest(name = "from {0} to {1}")
  @MethodSource("waysOfTheRobot")
  void one_key_over_both_doors_makes_one_task(Door first, Door second) {
    String name = "one-task-" + UUID.randomUUID();

    JsonNode made = first.ask("create_session", TwoPartUpload.request(name), name).ok();
    JsonNode again = second.ask("create_session", TwoPartUpload.request(name), name).ok();

    assertThat(again).isEqualTo(made);
    assertThat(tasks(name)).isEqualTo(1);
  }

  @Test
  void one_key_over_both_doors_at_once_makes_one_task() throws Exception {
    for (int run = 0; run < Scale.times(3); run++) {
      String name = "at-once-" + UUID.randomUUID();
      List<Callable<JsonNode>> calls =
          IntStream.range(0, 8)
              .<Callable<JsonNode>>mapToObj(
                  n -> () -> insist(n % 2 == 0 ? mqtt : httpAsRobot, name))
              .toList();
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        List<JsonNode> answers =
            threads.invokeAll(calls).stream().map(Future::resultNow).distinct().toList();
        assertThat(answers).hasSize(1);
      }
      assertThat(tasks(name)).isEqualTo(1);
    }
  }

  /** Over HTTP a first call still at work is told; over MQTT it is waited for. */
  private static JsonNode insist(Door door, String name) {
    while (true) {
      Heard heard = door.ask("create_session", TwoPartUpload.request(name), name);
      if (heard.error() == null || !heard.code().equals("idempotency.request_in_progress")) {
        return heard.ok();
      }
    }
  }

  @Test
  void a_key_is_the_actor_s_own() {
    String name = "whose-key-" + UUID.randomUUID();

    JsonNode robots = mqtt.ask("create_session", TwoPartUpload.request(name), name).ok();
    JsonNode keys = httpAsKey.ask("create_session", TwoPartUpload.request(name), name).ok();

    assertThat(keys.path("task_id")).isNotEqualTo(robots.path("task_id"));
    assertThat(tasks(name)).isEqualTo(2);
  }

  @ParameterizedTest(name = "from {0} to {1}")
  @MethodSource("waysOfTheRobot")
  void complete_refused_for_a_missing_part_succeeds_with_the_same_key_through_either_door(
      Door first, Door second) {
    TwoPartUpload.Begun upload = TwoPartUpload.begin(first, "gap");
    TwoPartUpload.send(first, asKey, upload, 2);
    String key = "complete-" + upload.session();

    for (Door door : List.of(first, second)) {
      Heard refused = door.ask("complete_upload", upload.itself(), key);
      assertThat(refused.code()).isEqualTo("upload.missing_parts");
      assertThat(refused.status()).isIn(0, 409);
      assertThat(refused.details().path("session_id").asString()).isEqualTo(upload.session());
      assertThat(refused.details().path("missing_part_count").asInt()).isEqualTo(1);
      assertThat(refused.details().path("missing_part_numbers").toString()).isEqualTo("[1]");
      assertThat(TwoPartUpload.status(door, upload)).isEqualTo("UPLOADING");
    }

    TwoPartUpload.send(first, asKey, upload, 1);
    JsonNode completed = second.ask("complete_upload", upload.itself(), key).ok();
    assertThat(first.ask("complete_upload", upload.itself(), key).ok()).isEqualTo(completed);
    assertThat(TwoPartUpload.status(first, upload)).isEqualTo("COMPLETED");
    TwoPartUpload.assertStored(asKey, upload);
  }

  @ParameterizedTest(name = "from {0} to {1}")
  @MethodSource("waysOfTheRobot")
  void a_key_that_was_used_through_one_door_takes_no_other_request_through_the_other(
      Door first, Door second) {
    String name = "conflict-" + UUID.randomUUID();
    first.ask("create_session", TwoPartUpload.request(name), name).ok();

    Heard other = second.ask("create_session", TwoPartUpload.request(name + "-other"), name);

    assertThat(other.code()).isEqualTo("idempotency.key_reused_with_different_request");
    assertThat(other.status()).isIn(0, 409);
    assertThat(tasks(name + "-other")).isZero();
  }

  private long tasks(String name) {
    return site.database().count("select count(*) from upload_tasks where task_name = ?", name);
  }
}
