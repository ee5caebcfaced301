package io.waybill.gateway;

import static io.waybill.gateway.Requests.DESCRIBE;
import static io.waybill.gateway.Requests.bounded;
import static io.waybill.gateway.Requests.complete;
import static io.waybill.gateway.Requests.createSession;
import static io.waybill.gateway.Requests.describe;
import static io.waybill.gateway.Requests.presign;
import static io.waybill.gateway.Requests.session;
import static io.waybill.gateway.Requests.status;
import static io.waybill.gateway.Told.error;
import static io.waybill.gateway.Told.result;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.wire.Command;
import io.waybill.wire.Command.Encoding;
import io.waybill.wire.Envelope;
import io.waybill.wire.Reply;
import io.waybill.wire.Request;
import io.waybill.wire.Result;
import io.waybill.wire.Topics.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where answers go, how large they are and in which order they come, whatever the broker. */
abstract class AnswersContract extends GatewayContract {

  @Test
  void correlation_data_comes_back_byte_for_byte_where_the_device_asked_for_it() {
    byte[] correlation = {0, -1, 17, '\n', -128};
    try (Robot robot = robot17()) {
      String topic = robot.topic(Kind.RESPONSE) + "/plc-1";
      robot.say(robot.topic(Kind.REQUEST), describe("c-1"), topic, correlation);
      Robot.Heard answer = robot.hear();

      assertThat(answer.topic()).isEqualTo(topic);
      assertThat(answer.correlationData()).isEqualTo(correlation);
      assertThat(answer.contentType()).isEqualTo("application/json");
      assertThat(answer.expirySeconds()).isPositive().isLessThanOrEqualTo(3600);
    }
  }

  @Test
  void an_answer_with_urls_expires_with_them() {
    try (Robot robot = robot17()) {
      UUID session = session(result(robot.ask(createSession(3, null)), Result.UploadTask.class));
      robot.say(Envelope.encode(Request.of("r", null, presign(session, Encoding.FULL))));

      assertThat(robot.hear().expirySeconds()).isPositive().isLessThanOrEqualTo(900);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "elsewhere",
        "strange/topic",
        "device/0190a000-0000-7000-8000-000000000001/0190a000-0000-7000-8000-000000000018"
            + "/upload/response",
        "device/0190a000-0000-7000-8000-000000000001/0190a000-0000-7000-8000-000000000017"
            + "/upload/responses",
      })
  void nobody_can_have_an_answer_sent_elsewhere(String topic) {
    try (Robot robot = robot17()) {
      robot.say(robot.topic(Kind.REQUEST), describe("f-1"), topic, new byte[] {1});
      Robot.Heard answer = robot.hear();

      assertThat(answer.topic()).isEqualTo(robot.topic(Kind.RESPONSE));
      assertThat(answer.correlationData()).containsExactly(1);
      assertThat(error(answer.reply()).code()).isEqualTo("mqtt.response_topic_forbidden");
      assertThat(robot.hasHeardNothing()).isTrue();
    }
  }

  @Test
  void poison_is_answered_and_blocks_nothing() {
    Random random = new Random(7);
    try (Robot robot = robot17()) {
      byte[] noise = new byte[500];
      random.nextBytes(noise);
      assertPoison(robot, noise, Kind.ERROR, "mqtt.malformed");
      assertPoison(robot, new byte[0], Kind.ERROR, "mqtt.malformed");
      assertPoison(robot, bytes("{\"request_id\":\"1\",\"comm"), Kind.RESPONSE, "mqtt.malformed");
      assertPoison(
          robot,
          bytes("{\"request_id\":\"2\",\"payload\":" + "[".repeat(60_000)),
          Kind.RESPONSE,
          "mqtt.malformed");
      assertPoison(
          robot,
          bytes("{\"request_id\":\"3\",\"command\":\"reboot\"}"),
          Kind.RESPONSE,
          "mqtt.unknown_command");
      assertPoison(
          robot,
          bytes("{\"request_id\":\"4\",\"x\":\"" + "y".repeat(300_000) + "\"}"),
          Kind.RESPONSE,
          "mqtt.request_too_large");
      assertPoison(
          robot,
          bytes("{\"request_id\":\"5\",\"command\":\"get_status\",\"payload\":{\"session_id\":7}}"),
          Kind.RESPONSE,
          "request.validation_failed");

      assertThat(robot.ask(DESCRIBE)).isInstanceOf(Reply.Ok.class);
      awaitCount("mqtt_poison_total 7.0");
    }
  }

  private static void assertPoison(Robot robot, byte[] payload, Kind kind, String code) {
    robot.say(payload);
    Robot.Heard answer = robot.hear();
    assertThat(error(answer.reply()).code()).isEqualTo(code);
    assertThat(error(answer.reply()).retryable()).isFalse();
    assertThat(answer.topic()).isEqualTo(robot.topic(kind));
  }

  @Test
  void a_topic_without_ids_is_answered_beside_it() {
    try (Robot robot = robot17()) {
      robot.say("device/line-3/robot-17/upload/request", describe("s-1"), null, null);
      Robot.Heard answer = robot.hear();

      assertThat(answer.topic()).isEqualTo("device/line-3/robot-17/upload/response");
      assertThat(error(answer.reply()).code()).isEqualTo("device.not_found");
    }
  }

  @Test
  void a_controller_may_send_its_whole_buffer_and_count_its_requests() {
    try (Robot robot = robot17()) {
      byte[] buffer =
          Arrays.copyOf("{\"request_id\":17,\"command\":\"describe\"}\0old".getBytes(UTF_8), 1024);
      robot.say(buffer);

      assertThat(new String(robot.hear().payload(), UTF_8))
          .startsWith("{\"request_id\":17,\"command\":\"describe\",\"ok\":true,");
    }
  }

  @Test
  void an_answer_is_made_to_fit_or_refused_before_any_effect() {
    try (Robot robot = robot17()) {
      Command.PresignFirst first = new Command.PresignFirst(4, null, Encoding.FULL);
      Result.UploadTask task =
          result(robot.ask(bounded("b-1", 1500, createSession(4, first))), Result.UploadTask.class);
      assertThat(task.objects().getFirst().presigned()).isNull();
      UUID session = session(task);

      robot.say(Envelope.encode(bounded("b-2", 800, presign(session, Encoding.FULL, 4))));
      Robot.Heard answer = robot.hear();
      Result.Presigned urls = result(answer.reply(), Result.Presigned.class);
      assertThat(answer.payload().length).isLessThanOrEqualTo(800);
      assertThat(urls.partNumbers()).hasSizeBetween(1, 3);
      assertThat(urls.nextPartNumber()).isEqualTo(urls.partNumbers().size() + 1);

      Command pause = new Command.PauseUpload(session, "lunch", null);
      Map<String, Object> details = error(robot.ask(bounded("b-3", 100, pause))).details();
      assertThat(status(robot.ask(new Command.GetStatus(session)))).isEqualTo("UPLOADING");
      int needed = (Integer) Objects.requireNonNull(details.get("needed_bytes"));
      assertThat(status(robot.ask(bounded("b-4", needed, pause)))).isEqualTo("PAUSED");
      assertThat(error(robot.ask(bounded("b-5", 100, DESCRIBE))).code())
          .isEqualTo("mqtt.response_too_large");
    }
  }

  @Test
  void a_receipt_is_left_out_for_who_has_no_room_for_it() {
    try (Robot robot = robot17()) {
      UUID session = session(result(robot.ask(createSession(1, null)), Result.UploadTask.class));
      plant.parts.openUploads().forEach(upload -> plant.parts.put(upload, 1, Plant.PART));
      Reply small = robot.ask(bounded("q-1", 1500, complete(session)));
      Reply whole = robot.ask(complete(session));

      assertThat(result(small, Result.Completed.class).status()).isEqualTo("COMPLETED");
      assertThat(result(small, Result.Completed.class).receipt()).isNull();
      assertThat(result(whole, Result.Completed.class).receipt()).isNotEmpty();
    }
  }

  @Test
  void requests_of_one_device_are_served_in_order_and_what_is_too_many_is_told_to_come_again() {
    try (Robot robot = robot17()) {
      int requests = 200;
      for (int i = 0; i < requests; i++) {
        robot.say(describe("" + i));
      }
      List<Integer> served = new ArrayList<>();
      for (int i = 0; i < requests; i++) {
        switch (robot.hear().reply()) {
          case Reply.Ok ok -> served.add(Integer.parseInt(ok.requestId()));
          case Reply.Err err -> {
            assertThat(err.error().code()).isEqualTo("rate_limit.exceeded");
            assertThat(err.error().retryAfterSeconds()).isPositive();
          }
          case Reply.Unreadable unreadable -> throw new AssertionError(unreadable);
        }
      }
      // What a lost connection brought again is answered again; its first answer kept the order.
      assertThat(served.stream().distinct()).isSorted().startsWith(0);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
