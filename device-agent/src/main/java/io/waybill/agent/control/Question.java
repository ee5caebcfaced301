package io.waybill.agent.control;

import io.waybill.wire.Command;
import io.waybill.wire.Command.AbortUpload;
import io.waybill.wire.Command.AcknowledgePart;
import io.waybill.wire.Command.CompleteUpload;
import io.waybill.wire.Command.CreateSession;
import io.waybill.wire.Command.Describe;
import io.waybill.wire.Command.ExtendUpload;
import io.waybill.wire.Command.GetStatus;
import io.waybill.wire.Command.ListParts;
import io.waybill.wire.Command.PauseUpload;
import io.waybill.wire.Command.PresignParts;
import io.waybill.wire.Command.ResumeUpload;
import io.waybill.wire.Command.RetryObject;
import io.waybill.wire.Command.RotateCredential;
import io.waybill.wire.Result;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A command and what its answer is read as.
 *
 * @param projectId where the command belongs; HTTP has it in some of its paths
 * @param idempotencyKey null when repeating the command is harmless by itself
 */
public record Question<R>(
    UUID projectId, Command command, @Nullable String idempotencyKey, Class<R> answer) {

  public static Question<Result.UploadTask> create(CreateSession command, String key) {
    return new Question<>(command.projectId(), command, key, Result.UploadTask.class);
  }

  public static Question<Result.UploadObject> retry(
      UUID projectId, RetryObject command, String key) {
    return new Question<>(projectId, command, key, Result.UploadObject.class);
  }

  public static Question<Result.Presigned> presign(UUID projectId, PresignParts command) {
    return new Question<>(projectId, command, null, Result.Presigned.class);
  }

  public static Question<Result.Acknowledged> acknowledge(UUID projectId, AcknowledgePart command) {
    return new Question<>(projectId, command, null, Result.Acknowledged.class);
  }

  public static Question<Result.Session> status(UUID projectId, UUID sessionId) {
    return new Question<>(projectId, new GetStatus(sessionId), null, Result.Session.class);
  }

  public static Question<Result.PartList> parts(UUID projectId, ListParts command) {
    return new Question<>(projectId, command, null, Result.PartList.class);
  }

  public static Question<Result.Paused> pause(UUID projectId, PauseUpload command) {
    return new Question<>(projectId, command, null, Result.Paused.class);
  }

  public static Question<Result.Resumed> resume(UUID projectId, ResumeUpload command) {
    return new Question<>(projectId, command, null, Result.Resumed.class);
  }

  public static Question<Result.Completed> complete(UUID projectId, CompleteUpload command) {
    return new Question<>(projectId, command, null, Result.Completed.class);
  }

  public static Question<Result.Aborted> abort(UUID projectId, AbortUpload command) {
    return new Question<>(projectId, command, null, Result.Aborted.class);
  }

  public static Question<Result.Extended> extend(UUID projectId, ExtendUpload command) {
    return new Question<>(projectId, command, null, Result.Extended.class);
  }

  public static Question<Result.Description> describe(UUID projectId) {
    return new Question<>(projectId, new Describe(), null, Result.Description.class);
  }

  /** Of the device itself, whatever the project; over MQTT alone. */
  public static Question<Result.Credential> rotate() {
    return new Question<>(new UUID(0, 0), new RotateCredential(), null, Result.Credential.class);
  }

  /** The command's name on the wire. */
  public String name() {
    return command.wireName().map(Command.Name::toString).orElse("malformed");
  }
}
