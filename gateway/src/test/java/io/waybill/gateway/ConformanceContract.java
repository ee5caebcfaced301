package io.waybill.gateway;

import static io.waybill.gateway.Requests.bounded;
import static io.waybill.gateway.Requests.complete;
import static io.waybill.gateway.Requests.createSession;
import static io.waybill.gateway.Requests.describe;
import static io.waybill.gateway.Requests.presign;
import static io.waybill.gateway.Requests.status;
import static io.waybill.gateway.Told.error;
import static io.waybill.gateway.Told.result;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.gateway.Conversation.Begun;
import io.waybill.wire.Command;
import io.waybill.wire.Command.Encoding;
import io.waybill.wire.Command.PartEncoding;
import io.waybill.wire.Command.PartSource;
import io.waybill.wire.Envelope;
import io.waybill.wire.Reply;
import io.waybill.wire.Request;
import io.waybill.wire.Result;
import io.waybill.wire.Topics.Kind;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Timeout;

/**
 * What {@code docs/protocol.md} promises a device, whatever the broker, over MQTT 3.1.1 and 5, in
 * the clear, over TLS and with a certificate.
 */
@Timeout(120)
abstract class ConformanceContract extends ConnectionContract {

  @EveryWay
  void every_command_is_carried_out(Way way) {
    try (Robot robot = come(way)) {
      Conversation says = new Conversation(robot, plant);
      assertThat(says.done(new Command.Describe(), Result.Description.class).device())
          .containsEntry("device_id", way.user());
      Begun given = says.begin(1);
      says.done(new Command.AbortUpload(given.session(), "wrong file"), Result.Aborted.class);
      assertThat(
              says.done(
                      new Command.RetryObject(given.task().taskId(), given.object()),
                      Result.UploadObject.class)
                  .sessionId())
          .isNotEqualTo(given.session());

      assertUploads(says);
      assertThat(
              says.done(new Command.RotateCredential(), Result.Credential.class)
                  .credentialMaterial())
          .startsWith("wbd_");
      assertThat(says.asked()).containsExactly(Command.Name.values());
    }
  }

  private void assertUploads(Conversation says) {
    Begun upload = says.begin(2);
    UUID session = upload.session();
    assertThat(says.done(presign(session, Encoding.FULL, 2), Result.Presigned.class).part(2))
        .isEqualTo(
            says.done(presign(session, Encoding.COMPACT, 2), Result.Presigned.class).part(2));
    plant.parts.put(upload.inStorage(), 1, Plant.PART);
    plant.parts.put(upload.inStorage(), 2, Plant.PART);
    Command.SentPart sent = new Command.SentPart(1, "\"etag-1\"", Plant.PART, null);
    Command acknowledge = new Command.AcknowledgePart(session, List.of(sent));
    assertThat(says.done(acknowledge, Result.Acknowledged.class).acknowledgedPartCount())
        .isEqualTo(1);
    Command list =
        new Command.ListParts(session, PartSource.RECONCILE, null, null, PartEncoding.RANGES);
    assertThat(says.done(list, Result.PartList.class).uploaded()).isEqualTo("1-2");
    assertThat(
            says.done(new Command.PauseUpload(session, "lunch", null), Result.Paused.class)
                .status())
        .isEqualTo("PAUSED");
    assertThat(says.done(new Command.ResumeUpload(session, null), Result.Resumed.class).status())
        .isEqualTo("UPLOADING");
    says.done(new Command.ExtendUpload(session, 3600, null), Result.Extended.class);
    assertThat(says.done(complete(session), Result.Completed.class).objectSizeBytes())
        .isEqualTo(2 * Plant.PART);
    assertThat(says.done(new Command.GetStatus(session), Result.Session.class).status())
        .isEqualTo("COMPLETED");
  }

  @EveryWay
  void every_command_is_refused_with_its_reason(Way way) {
    try (Robot robot = come(way)) {
      Begun whole = new Conversation(robot, plant).begin(1);
      UUID ended = whole.session();
      plant.parts.put(whole.inStorage(), 1, Plant.PART);
      result(robot.ask(complete(ended)), Result.Completed.class);
      UUID empty = new Conversation(robot, plant).begin(1).session();
      String over = "upload.invalid_state";
      Conversation says = new Conversation(robot, plant);

      says.refused(inNoProject(), "project.not_found");
      says.refused(presign(ended, Encoding.FULL), over);
      Command.SentPart sent = new Command.SentPart(1, "\"etag-1\"", Plant.PART, null);
      says.refused(new Command.AcknowledgePart(ended, List.of(sent)), over);
      says.refused(new Command.GetStatus(UUID.randomUUID()), "upload_session.not_found");
      says.refused(
          new Command.ListParts(ended, PartSource.STORAGE, null, null, PartEncoding.ROWS), over);
      says.refused(new Command.PauseUpload(ended, null, null), over);
      says.refused(new Command.ResumeUpload(ended, null), over);
      says.refused(complete(empty), "upload.missing_parts");
      says.refused(new Command.AbortUpload(ended, null), over);
      says.refused(new Command.ExtendUpload(ended, 3600, null), over);
      says.refused(new Command.RetryObject(whole.task().taskId(), whole.object()), over);
      says.refused(Command.Name.ROTATE_CREDENTIAL);
      says.refused(Command.Name.DESCRIBE);
      assertThat(says.asked()).containsExactly(Command.Name.values());
    }
  }

  private static Command inNoProject() {
    return new Command.CreateSession(
        UUID.randomUUID(),
        null,
        null,
        null,
        null,
        null,
        createSession(1, null).objects(),
        Map.of(),
        null);
  }

  @EveryWay
  void what_cannot_be_read_is_answered_and_blocks_nothing(Way way) {
    try (Robot robot = come(way)) {
      String session = new Conversation(robot, plant).begin(1).session().toString();
      Spellings.unreadable(session)
          .forEach((name, wrong) -> {
            robot.say(wrong.bytes());
            Robot.Heard answer = robot.hear();
            assertThat(error(answer.reply()).code()).as(name).isEqualTo(wrong.code());
            assertThat(answer.topic())
                .as(name)
                .isEqualTo(robot.topic(wrong.isNamed() ? Kind.RESPONSE : Kind.ERROR));
          });
      assertThat(robot.ask(new Command.Describe())).isInstanceOf(Reply.Ok.class);
    }
  }

  @EveryWay
  void what_can_mean_one_thing_only_is_read_however_it_is_spelt(Way way) {
    try (Robot robot = come(way)) {
      UUID session = new Conversation(robot, plant).begin(1).session();
      Spellings.forgiven(session.toString())
          .forEach((name, bytes) -> {
            robot.say(bytes);
            assertThat(robot.hear().reply()).as(name).isInstanceOf(Reply.Ok.class);
          });
      robot.say("{\"request_id\":17,\"command\":\"describe\"}".getBytes(UTF_8));
      assertThat(new String(robot.hear().payload(), UTF_8)).startsWith("{\"request_id\":17,");
    }
  }

  @EveryWay
  void a_request_that_is_repeated_has_one_effect(Way way) {
    try (Robot robot = come(way)) {
      String id = "again-" + UUID.randomUUID();
      byte[] request = Envelope.encode(Request.of(id, null, createSession(1, null)));
      robot.say(request);
      Robot.Heard first = robot.hear();
      int open = plant.parts.openUploads().size();
      robot.say(request);
      Robot.Heard again = robot.hear();
      Reply byKey = robot.ask(Request.of("other", id, createSession(1, null)));

      assertThat(new String(first.payload(), UTF_8)).contains("\"replayed\":false");
      assertThat(new String(again.payload(), UTF_8)).contains("\"replayed\":true");
      assertThat(result(again.reply(), Result.UploadTask.class))
          .isEqualTo(result(first.reply(), Result.UploadTask.class))
          .isEqualTo(result(byKey, Result.UploadTask.class));
      assertThat(plant.parts.openUploads()).hasSize(open);
      assertThat(error(robot.ask(Request.of(id, null, createSession(2, null)))).code())
          .isEqualTo("idempotency.key_reused_with_different_request");
    }
  }

  @EveryWay
  void a_message_has_a_size_that_fits(Way way) {
    try (Robot robot = come(way)) {
      UUID session = new Conversation(robot, plant).begin(4).session();
      robot.say(("{\"request_id\":\"1\",\"x\":\"" + "y".repeat(300_000) + "\"}").getBytes(UTF_8));
      assertThat(error(robot.hear().reply()).code()).isEqualTo("mqtt.request_too_large");

      robot.say(Envelope.encode(bounded("2-" + session, 800, presign(session, Encoding.FULL, 4))));
      Robot.Heard some = robot.hear();
      Result.Presigned urls = result(some.reply(), Result.Presigned.class);
      assertThat(some.payload().length).isLessThanOrEqualTo(800);
      assertThat(urls.nextPartNumber()).isEqualTo(urls.partNumbers().size() + 1);

      Command pause = new Command.PauseUpload(session, "lunch", null);
      Map<String, Object> details = error(robot.ask(bounded("3-" + session, 100, pause))).details();
      assertThat(status(robot.ask(new Command.GetStatus(session)))).isEqualTo("UPLOADING");
      int needed = (Integer) Objects.requireNonNull(details.get("needed_bytes"));
      assertThat(robot.ask(bounded("4-" + session, needed, pause))).isInstanceOf(Reply.Ok.class);
    }
  }

  /** MQTT 3.1.1 has no word for either: its answers always come to the one topic. */
  @EveryWay
  void an_answer_goes_where_the_device_may_have_it(Way way) {
    byte[] correlation = {0, -1, 17, '\n', -128};
    try (Robot robot = come(way)) {
      String own = robot.topic(Kind.RESPONSE);
      robot.say(robot.topic(Kind.REQUEST), describe("1"), own + "/plc-1", correlation);
      Robot.Heard answer = robot.hear();
      assertThat(answer.topic()).isEqualTo(way.isFive ? own + "/plc-1" : own);
      assertThat(answer.correlationData()).isEqualTo(way.isFive ? correlation : null);
      assertThat(answer.contentType()).isEqualTo(way.isFive ? "application/json" : null);

      robot.say(robot.topic(Kind.REQUEST), describe("2"), "elsewhere", correlation);
      Robot.Heard refused = robot.hear();
      assertThat(refused.topic()).isEqualTo(own);
      if (way.isFive) {
        assertThat(error(refused.reply()).code()).isEqualTo("mqtt.response_topic_forbidden");
      }
    }
  }
}
