package io.waybill.wire;

import io.waybill.wire.Command.AbortUpload;
import io.waybill.wire.Command.AcknowledgePart;
import io.waybill.wire.Command.CompleteUpload;
import io.waybill.wire.Command.CreateSession;
import io.waybill.wire.Command.ExtendUpload;
import io.waybill.wire.Command.PauseUpload;
import io.waybill.wire.Command.PresignParts;
import io.waybill.wire.Command.ResumeUpload;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads the payload of each command: over MQTT with its ids inside, over HTTP with its ids from the
 * path. Shapes are judged here (types, presence, UUIDs, lengths); limits of the business are not.
 */
public final class Payloads {

  private Payloads() {}

  public static Parsed<CreateSession> createSession(byte[] body, UUID projectId) {
    return JsonDocument.read(body, f -> CommandReader.createSession(f, projectId));
  }

  public static Parsed<PresignParts> presignParts(byte[] body, UUID sessionId) {
    return JsonDocument.read(body, f -> CommandReader.presignParts(f, sessionId));
  }

  public static Parsed<AcknowledgePart> acknowledgePart(byte[] body, UUID sessionId) {
    return JsonDocument.read(body, f -> CommandReader.acknowledgePart(f, sessionId));
  }

  /** An empty body is {@code {}}. */
  public static Parsed<PauseUpload> pauseUpload(byte[] body, UUID sessionId) {
    return JsonDocument.readOptional(body, f -> CommandReader.pauseUpload(f, sessionId));
  }

  /** An empty body is {@code {}}. */
  public static Parsed<ResumeUpload> resumeUpload(byte[] body, UUID sessionId) {
    return JsonDocument.readOptional(body, f -> new ResumeUpload(sessionId, f.said("reason")));
  }

  /** An empty body is {@code {}}. */
  public static Parsed<CompleteUpload> completeUpload(byte[] body, UUID sessionId) {
    return JsonDocument.readOptional(body, f -> CommandReader.completeUpload(f, sessionId));
  }

  /** An empty body is {@code {}}. */
  public static Parsed<AbortUpload> abortUpload(byte[] body, UUID sessionId) {
    return JsonDocument.readOptional(body, f -> new AbortUpload(sessionId, f.said("reason")));
  }

  public static Parsed<ExtendUpload> extendUpload(byte[] body, UUID sessionId) {
    return JsonDocument.read(body, f -> CommandReader.extendUpload(f, sessionId));
  }

  /** The HTTP body of a command: its payload without the ids that are in the path. */
  public static byte[] httpBody(Command command) {
    ObjectNode tree = Json.tree(command);
    tree.remove(List.of("project_id", "session_id", "task_id", "object_id"));
    return Json.bytes(tree);
  }
}
