package io.waybill.gateway;

import static io.waybill.gateway.Requests.DESCRIBE;
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
import io.waybill.wire.ErrorBody;
import io.waybill.wire.Reply;
import io.waybill.wire.Request;
import io.waybill.wire.Result;
import io.waybill.wire.Topics.Owner;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Uploads over MQTT, whatever the broker. */
abstract class UploadsContract extends GatewayContract {

  static Stream<Arguments> clients() {
    return Stream.of(
        Arguments.argumentSet("MQTT 5", named(Robot::five)),
        Arguments.argumentSet("MQTT 3.1.1", named(Robot::three)));
  }

  private static BiFunction<TestBroker, Owner, Robot> named(
      BiFunction<TestBroker, Owner, Robot> client) {
    return client;
  }

  @ParameterizedTest
  @MethodSource("clients")
  void an_upload_goes_its_whole_way(BiFunction<TestBroker, Owner, Robot> client) {
    try (Robot robot = client.apply(broker, Plant.ROBOT_17)) {
      Result.UploadTask task = result(robot.ask(createSession(3, null)), Result.UploadTask.class);
      UUID session = session(task);
      assertThat(task.objects().getFirst().presigned()).isNull();

      Result.Presigned urls =
          result(robot.ask(presign(session, Encoding.COMPACT)), Result.Presigned.class);
      assertThat(urls.partNumbers()).containsExactly(1, 2, 3);
      assertThat(urls.expiresInSeconds()).isEqualTo(900);
      Result.Presigned full =
          result(robot.ask(presign(session, Encoding.FULL)), Result.Presigned.class);
      assertThat(full.part(3)).isEqualTo(urls.part(3));

      plant.parts.openUploads().forEach(upload -> send(upload, 2));
      assertThat(error(robot.ask(complete(session))).details())
          .containsEntry("missing_part_numbers", List.of(3));
      plant.parts.openUploads().forEach(upload -> plant.parts.put(upload, 3, Plant.PART));
      Command acknowledged =
          new Command.AcknowledgePart(
              session, List.of(new Command.SentPart(1, "\"etag-1\"", Plant.PART, null)));
      assertThat(result(robot.ask(acknowledged), Result.Acknowledged.class).acknowledgedPartCount())
          .isEqualTo(1);
      assertThat(listed(robot, session, Command.PartEncoding.RANGES).uploaded()).isEqualTo("1-3");
      assertThat(listed(robot, session, Command.PartEncoding.ROWS).parts()).hasSize(3);

      assertThat(status(robot.ask(new Command.PauseUpload(session, "lunch", null))))
          .isEqualTo("PAUSED");
      assertThat(status(robot.ask(new Command.ResumeUpload(session, null)))).isEqualTo("UPLOADING");
      result(
          robot.ask(new Command.ExtendUpload(session, 3600, "slow link")), Result.Extended.class);
      Result.Completed completed = result(robot.ask(complete(session)), Result.Completed.class);
      assertThat(completed.status()).isEqualTo("COMPLETED");
      assertThat(completed.objectSizeBytes()).isEqualTo(3 * Plant.PART);
      assertThat(status(robot.ask(new Command.GetStatus(session)))).isEqualTo("COMPLETED");
      assertThat(error(robot.ask(new Command.AbortUpload(session, null))).code())
          .isEqualTo("upload.invalid_state");
    }
  }

  @ParameterizedTest
  @MethodSource("clients")
  void the_first_urls_come_with_the_session_and_a_retry_gives_a_new_one(
      BiFunction<TestBroker, Owner, Robot> client) {
    try (Robot robot = client.apply(broker, Plant.ROBOT_17)) {
      Command.PresignFirst first = new Command.PresignFirst(2, null, Encoding.COMPACT);
      Result.UploadTask task = result(robot.ask(createSession(3, first)), Result.UploadTask.class);
      Result.Presigned urls = Objects.requireNonNull(task.objects().getFirst().presigned());
      assertThat(urls.partNumbers()).containsExactly(1, 2);

      assertThat(status(robot.ask(new Command.AbortUpload(session(task), "wrong file"))))
          .isEqualTo("ABORTED");
      Result.UploadObject again =
          result(
              robot.ask(
                  new Command.RetryObject(task.taskId(), task.objects().getFirst().objectId())),
              Result.UploadObject.class);
      assertThat(again.sessionId()).isNotEqualTo(session(task));
    }
  }

  @Test
  void describe_tells_who_the_device_is() {
    try (Robot robot = robot17()) {
      Result.Description description = result(robot.ask(DESCRIBE), Result.Description.class);

      assertThat(description.limits()).containsEntry("max_parts_per_presign", 100);
      assertThat(description.device()).containsEntry("status", "ACTIVE");
      assertThat(description.developmentSeed()).isFalse();
    }
  }

  @Test
  void who_is_not_in_the_registry_gets_an_error_whatever_the_payload_says() {
    assertRefused(Plant.OTHER_TENANTS, "device.not_found");
    assertRefused(new Owner(Plant.TENANT, UUID.randomUUID()), "device.not_found");
    assertRefused(Plant.DISABLED, "device.inactive");
  }

  private void assertRefused(Owner owner, String code) {
    try (Robot robot = Robot.five(broker, owner)) {
      assertThat(error(robot.ask(createSession(1, null))).code()).isEqualTo(code);
    }
  }

  @Test
  void a_device_meets_its_own_uploads_only() {
    try (Robot robot17 = robot17();
        Robot robot18 = Robot.three(broker, Plant.ROBOT_18)) {
      UUID session = session(result(robot17.ask(createSession(1, null)), Result.UploadTask.class));

      for (Command command :
          List.of(
              new Command.GetStatus(session),
              presign(session, Encoding.FULL),
              new Command.PauseUpload(session, null, null),
              complete(session),
              new Command.AbortUpload(session, null))) {
        assertThat(error(robot18.ask(command)).code()).isEqualTo("upload_session.not_found");
      }
      Command.CreateSession stolen = createSession(1, null);
      Command inTheNameOf17 =
          new Command.CreateSession(
              stolen.projectId(),
              null,
              null,
              Plant.ROBOT_17.deviceId(),
              null,
              null,
              stolen.objects(),
              Map.of(),
              null);
      assertThat(error(robot18.ask(inTheNameOf17)).code()).isEqualTo("device.identity_mismatch");
    }
  }

  @Test
  void a_repeated_request_has_one_effect_and_the_same_answer() {
    try (Robot robot = robot17()) {
      Request request = Request.of("same", null, createSession(1, null));
      Result.UploadTask first = result(robot.ask(request), Result.UploadTask.class);
      Result.UploadTask second = result(robot.ask(request), Result.UploadTask.class);
      Result.UploadTask third =
          result(
              robot.ask(Request.of("other", "same", createSession(1, null))),
              Result.UploadTask.class);

      assertThat(second).isEqualTo(first);
      assertThat(third).isEqualTo(first);
      ErrorBody reused = error(robot.ask(Request.of("same", null, createSession(2, null))));
      assertThat(reused.code()).isEqualTo("idempotency.key_reused_with_different_request");
      assertThat(reused.message())
          .contains("this request_id was used before", "create_task", "of its own")
          .doesNotContain("key");
      awaitCount("mqtt_redeliveries_total 2.0");
    }
  }

  @Test
  void an_answer_says_whether_an_earlier_request_with_its_key_did_the_work() {
    try (Robot robot = robot17()) {
      byte[] create = Envelope.encode(Request.of("a", "once", createSession(1, null)));
      assertThat(answerTo(robot, create)).contains("\"replayed\":false");
      assertThat(answerTo(robot, create)).contains("\"replayed\":true");

      Reply task = robot.ask(Request.of("b", "once", createSession(1, null)));
      Command abort = new Command.AbortUpload(session(result(task, Result.UploadTask.class)), null);
      byte[] ended = Envelope.encode(Request.of("c", null, abort));
      assertThat(answerTo(robot, ended)).contains("\"replayed\":false");
      assertThat(answerTo(robot, ended)).contains("\"replayed\":true");

      byte[] read = describe("d");
      assertThat(answerTo(robot, read)).contains("\"replayed\":false");
      assertThat(answerTo(robot, read)).contains("\"replayed\":false");
    }
  }

  private static String answerTo(Robot robot, byte[] request) {
    robot.say(request);
    return new String(robot.hear().payload(), UTF_8);
  }

  private static Result.PartList listed(Robot robot, UUID session, Command.PartEncoding encoding) {
    return result(
        robot.ask(
            new Command.ListParts(session, Command.PartSource.RECONCILE, null, null, encoding)),
        Result.PartList.class);
  }

  private void send(String upload, int parts) {
    for (int part = 1; part <= parts; part++) {
      plant.parts.put(upload, part, Plant.PART);
    }
  }
}
