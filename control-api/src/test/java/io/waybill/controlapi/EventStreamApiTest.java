package io.waybill.controlapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.controlapi.Ears.Block;
import io.waybill.controlapi.live.EventStreams;
import io.waybill.core.access.Permission;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code /v1/projects/{project_id}/events/stream}. */
@Timeout(120)
class EventStreamApiTest {

  private static final String DEVICES = "/v1/projects/" + TestWorld.PROJECT + "/devices";
  private static final EventStreams.Sizes LIVELY =
      new EventStreams.Sizes(1000, 300, 256, Duration.ofMillis(100));

  private final TestWorld world = new TestWorld(ApiSettings.DEFAULT.streaming(LIVELY));

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void what_happens_is_told_while_it_happens_as_devices_are_told() {
    try (Ears ears = Ears.open(world, TestWorld.VIEWER)) {
      assertThat(ears.status()).isEqualTo(200);
      assertThat(ears.header("Content-Type")).isEqualTo("text/event-stream");
      assertThat(ears.header("Cache-Control")).isEqualTo("no-store");
      HttpUploads.Made upload = HttpUploads.in(world).create(1);
      world.api.wake();

      Block told = ears.event();
      assertThat(told.event()).isEqualTo("upload.task_created");
      assertThat(told.json().path("type").asString()).isEqualTo("upload.task_created");
      assertThat(told.json().path("subject").asString())
          .isEqualTo("upload_session/" + upload.sessionId());
      assertThat(told.json().path("specversion").asString()).isEqualTo("1.0");
      assertThat(told.json().at("/data/task_id").asString()).isEqualTo(upload.taskId());
      assertThat(told.id()).isNotEmpty();
    }
  }

  @Test
  void what_was_missed_comes_once_and_in_order_and_then_what_happens() {
    String last;
    try (Ears ears = Ears.open(world, TestWorld.VIEWER)) {
      happens(3);
      assertThat(numbers(ears.events(2))).containsExactly(1, 2);
      last = ears.event().id();
    }
    happens(500);
    try (Ears ears = Ears.open(world, TestWorld.VIEWER, TestWorld.PROJECT, last)) {
      assertThat(numbers(ears.events(500)))
          .isEqualTo(IntStream.rangeClosed(1, 500).boxed().toList());
      happens(2);
      assertThat(numbers(ears.events(2))).containsExactly(1, 2);
    }
  }

  @Test
  void an_id_without_an_event_is_gone_on_from_too() {
    String last;
    try (Ears ears = Ears.open(world, TestWorld.VIEWER)) {
      last = ears.next().id();
    }
    happens(1);
    try (Ears ears = Ears.open(world, TestWorld.VIEWER, TestWorld.PROJECT, last)) {
      assertThat(numbers(ears.events(1))).containsExactly(1);
    }
  }

  @Test
  void from_an_id_that_is_none_or_another_project_s_it_begins_anew() {
    String ofOther;
    try (Ears ears = Ears.open(world, TestWorld.OTHER, TestWorld.OTHER_PROJECT, null)) {
      ofOther = ears.next().id();
    }
    happens(1);
    for (String id : List.of(ofOther, "garbage", "AAAA", "%", "A".repeat(32))) {
      try (Ears ears = Ears.open(world, TestWorld.VIEWER, TestWorld.PROJECT, id)) {
        assertReset(ears, "unknown");
      }
    }
  }

  @Test
  void from_an_id_that_is_older_than_what_is_kept_it_begins_anew() {
    String old;
    try (Ears ears = Ears.open(world, TestWorld.VIEWER)) {
      old = ears.next().id();
    }
    world.time.advance(Duration.ofDays(2));
    try (Ears ears = Ears.open(world, TestWorld.VIEWER, TestWorld.PROJECT, old)) {
      assertReset(ears, "too_old");
    }
  }

  private void assertReset(Ears ears, String reason) {
    Block reset = ears.event();
    assertThat(reset.event()).isEqualTo("reset");
    assertThat(reset.json().path("reason").asString()).isEqualTo(reason);
    happens(1);
    assertThat(numbers(ears.events(1))).containsExactly(1);
    try (Ears again = Ears.open(world, TestWorld.VIEWER, TestWorld.PROJECT, reset.id())) {
      assertThat(numbers(again.events(1))).containsExactly(1);
    }
  }

  @Test
  void who_may_not_see_the_project_does_not_learn_of_it_and_who_may_not_follow_is_told_so() {
    String path = "/v1/projects/" + TestWorld.PROJECT + "/events/stream";

    assertThat(world.as(TestWorld.NOBODY).get(path).outcome()).isEqualTo("404 project.not_found");
    assertThat(world.as(TestWorld.OTHER).get(path).outcome()).isEqualTo("404 project.not_found");
    assertThat(world.as(world.keyWith(Permission.PROJECT_VIEW)).get(path).outcome())
        .isEqualTo("403 auth.permission_denied");
    assertThat(world.anybody().get(path).outcome()).isEqualTo("401 auth.api_key_missing");
    assertThat(world.as(TestWorld.ADMIN).get(path.replace("0002", "0fff")).outcome())
        .isEqualTo("404 project.not_found");
    assertThat(world.as(TestWorld.ADMIN).get(path + "?include=parts").outcome())
        .isEqualTo("422 request.validation_failed");
  }

  @Test
  void of_devices_hears_who_may_see_them_and_of_uploads_a_device_hears_its_own() {
    try (Ears viewer = Ears.open(world, TestWorld.VIEWER);
        Ears admin = Ears.open(world, TestWorld.ADMIN);
        Ears robot = Ears.open(world, TestWorld.DEVICE_17)) {
      world.as(TestWorld.ADMIN).post(DEVICES, "{\"name\":\"Cell 7\",\"device_code\":\"cell-7\"}");
      HttpUploads.in(world).create(1);
      HttpUploads.Made own = HttpUploads.by(world, TestWorld.DEVICE_17).create(1);

      assertThat(admin.event().event()).isEqualTo("device.registered");
      assertThat(viewer.event().event()).isEqualTo("upload.task_created");
      assertThat(robot.event().json().at("/data/session_id").asString()).isEqualTo(own.sessionId());
    }
  }

  @Test
  void a_key_that_is_revoked_hears_nothing_more() {
    HttpCalls admin = world.as(TestWorld.ADMIN);
    HttpAnswer made = admin.post("/v1/api-keys", "{\"name\":\"console\"}");
    String key = made.json().at("/api_key/api_key_id").asString();
    HttpAnswer grant =
        admin.post(
            "/v1/permission-grants",
            """
            {"subject_type": "api_key", "subject_id": "%s", "resource_type": "project",
             "resource_id": "%s", "code": "dataset.view"}
            """
                .formatted(key, TestWorld.PROJECT));
    String secret = made.json().path("key_material").asString();
    try (Ears first = Ears.open(world, secret)) {
      happens(1);
      assertThat(first.event()).isNotNull();
      String path = "/v1/permission-grants/" + grant.json().path("permission_grant_id").asString();
      assertThat(admin.delete(path).outcome()).isEqualTo("204");
      assertThat(first.rest()).isEmpty();
    }
    assertThat(Ears.open(world, secret).status()).isEqualTo(404);

    admin.post(
        "/v1/permission-grants",
        """
        {"subject_type": "api_key", "subject_id": "%s", "resource_type": "tenant",
         "resource_id": "%s", "code": "dataset.view"}
        """
            .formatted(key, TestWorld.TENANT));
    try (Ears second = Ears.open(world, secret)) {
      assertThat(second.status()).isEqualTo(200);
      assertThat(admin.delete("/v1/api-keys/" + key).outcome()).isEqualTo("204");
      assertThat(second.rest()).isEmpty();
    }
    assertThat(Ears.open(world, secret).status()).isEqualTo(401);
  }

  @Test
  void a_comment_says_that_it_is_there() {
    try (Ears ears = Ears.open(world, TestWorld.VIEWER)) {
      assertThat(ears.next().comment()).isEmpty();
      Block first = ears.next();
      assertThat(first.comment()).isEqualTo("heartbeat");
      assertThat(first.id()).isNotEmpty();
      assertThat(ears.next().comment()).isEqualTo("heartbeat");
    }
  }

  @Test
  void the_stop_of_the_server_ends_streams_and_nobody_waits_for_them() {
    try (Ears ears = Ears.open(world, TestWorld.VIEWER)) {
      assertThat(ears.next()).isNotNull();
      world.close();
      assertThat(ears.rest()).isEmpty();
    }
  }

  private void happens(int times) {
    Happenings.in(world, times);
  }

  private static List<Integer> numbers(List<Block> blocks) {
    return Happenings.numbers(blocks);
  }
}
