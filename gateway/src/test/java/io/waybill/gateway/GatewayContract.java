package io.waybill.gateway;

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
import io.waybill.wire.RequestId;
import io.waybill.wire.Result;
import io.waybill.wire.Topics.Kind;
import io.waybill.wire.Topics.Owner;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What devices may rely on, whatever the broker. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class GatewayContract {

  private static final Command DESCRIBE = new Command.Describe();

  private TestBroker broker;
  private Plant plant;
  private Gateway gateway;

  abstract TestBroker start(Path directory);

  @BeforeAll
  void startBroker(@TempDir Path directory) {
    broker = start(directory);
  }

  @AfterAll
  void stopBroker() {
    if (broker != null) { // none where it is not installed
      broker.close();
    }
  }

  @BeforeEach
  void startGateway() {
    plant = new Plant();
    gateway = plant.gateway(broker, "waybill-gateway-" + UUID.randomUUID());
    gateway.ready().join();
  }

  @AfterEach
  void stopGateway() {
    gateway.close();
  }

  static Stream<Arguments> clients() {
    return Stream.of(
        Arguments.argumentSet("MQTT 5", named(Robot::five)),
        Arguments.argumentSet("MQTT 3.1.1", named(Robot::three)));
  }

  private static BiFunction<TestBroker, Owner, Robot> named(
      BiFunction<TestBroker, Owner, Robot> client) {
    return client;
  }

  private Robot robot17() {
    return Robot.five(broker, Plant.ROBOT_17);
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
    }
  }

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
      assertPoison(robot, text("{\"request_id\":\"1\",\"comm"), Kind.RESPONSE, "mqtt.malformed");
      assertPoison(
          robot,
          text("{\"request_id\":\"2\",\"payload\":" + "[".repeat(60_000)),
          Kind.RESPONSE,
          "mqtt.malformed");
      assertPoison(
          robot,
          text("{\"request_id\":\"3\",\"command\":\"reboot\"}"),
          Kind.RESPONSE,
          "mqtt.unknown_command");
      assertPoison(
          robot,
          text("{\"request_id\":\"4\",\"x\":\"" + "y".repeat(300_000) + "\"}"),
          Kind.RESPONSE,
          "mqtt.request_too_large");
      assertPoison(
          robot,
          text("{\"request_id\":\"5\",\"command\":\"get_status\",\"payload\":{\"session_id\":7}}"),
          Kind.RESPONSE,
          "request.validation_failed");

      assertThat(robot.ask(DESCRIBE)).isInstanceOf(Reply.Ok.class);
      awaitCount("mqtt_poison_total 7.0");
    }
  }

  /** A request is written down after its answer has left. */
  private void awaitCount(String line) {
    Awaitility.await().until(() -> plant.metrics.scrape().contains(line));
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

  static byte[] describe(String requestId) {
    return Envelope.encode(Request.of(requestId, null, DESCRIBE));
  }

  private static Request bounded(String id, int maxResponseBytes, Command command) {
    return new Request(
        RequestId.of(id),
        command.wireName().orElseThrow().toString(),
        null,
        maxResponseBytes,
        command);
  }

  static Command.CreateSession createSession(int parts, Command.@Nullable PresignFirst presign) {
    Command.NewObject object =
        new Command.NewObject(
            null, "front camera.mcap", parts * Plant.PART, null, Plant.PART, null, Map.of());
    return new Command.CreateSession(
        Plant.PROJECT, "run", null, null, null, null, List.of(object), Map.of(), presign);
  }

  private static Command presign(UUID session, Encoding encoding) {
    return presign(session, encoding, 3);
  }

  private static Command presign(UUID session, Encoding encoding, int last) {
    return last == 3 && encoding == Encoding.COMPACT
        ? new Command.PresignParts(session, List.of(1, 2, 3), null, null, null, Map.of(), encoding)
        : new Command.PresignParts(session, null, 1, last, null, Map.of(), encoding);
  }

  static Command complete(UUID session) {
    return new Command.CompleteUpload(session, List.of(), null);
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

  static UUID session(Result.UploadTask task) {
    return Objects.requireNonNull(task.objects().getFirst().sessionId());
  }

  static String status(Reply reply) {
    return result(reply, Result.Session.class).status();
  }

  private static byte[] text(String text) {
    return text.getBytes(UTF_8);
  }
}
