package io.waybill.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.Verdict;
import io.waybill.core.access.Caller;
import io.waybill.core.access.Identity;
import io.waybill.core.device.Credential;
import io.waybill.core.device.Device;
import io.waybill.core.device.DeviceStatus;
import io.waybill.core.idempotency.RequestKey;
import io.waybill.core.upload.Answer;
import io.waybill.core.upload.AnswerLimit;
import io.waybill.wire.Command;
import io.waybill.wire.Command.PartSource;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** One upload of the longest name, as far as a command needs it to succeed. */
final class Drill {

  /** Half of it takes two bytes each in JSON, and its last word is as long as a key takes. */
  static final String LONGEST_NAME = "\"".repeat(903) + "/" + "a".repeat(120);

  static final String REASON = "\u0001 the battery \"is\" low";

  final Plant plant = new Plant();
  private final Caller caller = new Caller(identity(), "r", "mqtt");

  private Identity identity() {
    return value(
        plant
            .useCases
            .access()
            .authenticate()
            .device(Plant.ROBOT_17.tenantId(), Plant.ROBOT_17.deviceId()));
  }

  /** A command that can be carried out now. */
  Command ready(Command.Name name, PartSource source) {
    return switch (name) {
      case CREATE_SESSION -> create();
      case PRESIGN_PARTS ->
          new Command.PresignParts(
              open().sessionId(), List.of(1), null, null, null, Map.of(), Command.Encoding.FULL);
      case ACKNOWLEDGE_PART ->
          new Command.AcknowledgePart(
              open().sessionId(), List.of(new Command.SentPart(1, "\"etag-1\"", 5, null)));
      case GET_STATUS -> new Command.GetStatus(open().sessionId());
      case LIST_PARTS ->
          new Command.ListParts(open().sessionId(), source, null, null, Command.PartEncoding.ROWS);
      case PAUSE_UPLOAD -> new Command.PauseUpload(open().sessionId(), REASON, null);
      case RESUME_UPLOAD -> {
        UUID session = open().sessionId();
        carryOut(new Command.PauseUpload(session, REASON, null), RequestKey.NONE);
        yield new Command.ResumeUpload(session, REASON);
      }
      case COMPLETE_UPLOAD -> {
        UUID session = open().sessionId();
        plant.parts.openUploads().forEach(upload -> plant.parts.put(upload, 1, 5));
        yield new Command.CompleteUpload(session, List.of(), null);
      }
      case ABORT_UPLOAD -> new Command.AbortUpload(open().sessionId(), REASON);
      case EXTEND_UPLOAD -> new Command.ExtendUpload(open().sessionId(), 3600, REASON);
      case RETRY_OBJECT -> {
        Answer.Task task = task();
        Answer.TaskObject object = task.objects().getFirst();
        carryOut(new Command.AbortUpload(object.sessionId(), REASON), RequestKey.NONE);
        yield new Command.RetryObject(task.taskId(), object.objectId());
      }
      case ROTATE_CREDENTIAL -> {
        register();
        yield new Command.RotateCredential();
      }
      case DESCRIBE -> new Command.Describe();
    };
  }

  /** Only what is registered whole has a credential to change. */
  private void register() {
    Instant now = plant.time.instant();
    UUID device = Plant.ROBOT_17.deviceId();
    plant.database.addDevice(
        "hash of " + device,
        new Device(
            device,
            Plant.ROBOT_17.tenantId(),
            Plant.PROJECT,
            new Device.Profile("Robot 17", "robot-17", null, Map.of()),
            DeviceStatus.ACTIVE,
            1,
            now,
            Device.Presence.UNKNOWN,
            1,
            now,
            now),
        new Credential(device, Plant.ROBOT_17.tenantId(), device, 1, true, false, now, null));
  }

  private static Command create() {
    Command.NewObject object =
        new Command.NewObject("run", LONGEST_NAME, 5, null, null, null, Map.of());
    return new Command.CreateSession(
        Plant.PROJECT, "run", null, null, null, null, List.of(object), Map.of(), null);
  }

  private Answer.Task task() {
    return (Answer.Task) value(carryOut(create(), RequestKey.NONE));
  }

  private Answer.TaskObject open() {
    return task().objects().getFirst();
  }

  Verdict<?> carryOut(Command command, RequestKey key) {
    return carryOut(command, key, AnswerLimit.NONE);
  }

  Verdict<?> carryOut(Command command, RequestKey key, AnswerLimit limit) {
    Desk.Call call = new Desk.Call(caller, command, key, limit);
    return CommandRow.of(command).work().carryOut(plant.useCases, call);
  }

  /** What has happened so far. */
  int facts() {
    return plant.database.facts().audit().size() + plant.database.facts().outbox().size();
  }

  static <T> T value(Verdict<T> verdict) {
    assertThat(verdict).isInstanceOf(Verdict.Ok.class);
    return ((Verdict.Ok<T>) verdict).value();
  }
}
