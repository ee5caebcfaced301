package io.waybill.wire;

import io.waybill.wire.Command.AbortUpload;
import io.waybill.wire.Command.AcknowledgePart;
import io.waybill.wire.Command.CompleteUpload;
import io.waybill.wire.Command.CreateSession;
import io.waybill.wire.Command.Describe;
import io.waybill.wire.Command.Encoding;
import io.waybill.wire.Command.ExtendUpload;
import io.waybill.wire.Command.GetStatus;
import io.waybill.wire.Command.InflightBehavior;
import io.waybill.wire.Command.ListParts;
import io.waybill.wire.Command.NewObject;
import io.waybill.wire.Command.PartEncoding;
import io.waybill.wire.Command.PartSource;
import io.waybill.wire.Command.PauseUpload;
import io.waybill.wire.Command.PresignFirst;
import io.waybill.wire.Command.PresignParts;
import io.waybill.wire.Command.ReportedPart;
import io.waybill.wire.Command.ResumeUpload;
import io.waybill.wire.Command.RetryObject;
import io.waybill.wire.Command.RotateCredential;
import io.waybill.wire.Command.SentPart;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads the fields of each command's payload, wherever they came from. */
final class CommandReader {

  private CommandReader() {}

  /** Reads the payload of an MQTT command, ids included. */
  static Command read(Command.Name name, JsonObjectReader f) {
    return switch (name) {
      case CREATE_SESSION -> createSession(f, f.requiredUuid("project_id"));
      case PRESIGN_PARTS -> presignParts(f, sessionId(f));
      case ACKNOWLEDGE_PART -> acknowledgePart(f, sessionId(f));
      case GET_STATUS -> new GetStatus(sessionId(f));
      case LIST_PARTS -> listParts(f, sessionId(f));
      case PAUSE_UPLOAD -> pauseUpload(f, sessionId(f));
      case RESUME_UPLOAD -> new ResumeUpload(sessionId(f), f.said("reason"));
      case COMPLETE_UPLOAD -> completeUpload(f, sessionId(f));
      case ABORT_UPLOAD -> new AbortUpload(sessionId(f), f.said("reason"));
      case EXTEND_UPLOAD -> extendUpload(f, sessionId(f));
      case RETRY_OBJECT -> new RetryObject(f.requiredUuid("task_id"), f.requiredUuid("object_id"));
      case ROTATE_CREDENTIAL -> new RotateCredential();
      case DESCRIBE -> new Describe();
    };
  }

  private static UUID sessionId(JsonObjectReader f) {
    return f.requiredUuid("session_id");
  }

  static CreateSession createSession(JsonObjectReader f, UUID projectId) {
    return new CreateSession(
        projectId,
        f.text("task_name", WireLimits.TEXT_CHARS),
        f.text("task_initiator", WireLimits.TEXT_CHARS),
        f.uuid("source_device_id"),
        f.text("source_device_code", WireLimits.TEXT_CHARS),
        f.uuid("storage_policy_id"),
        f.requiredObjects("objects", CommandReader::newObject),
        f.free("metadata"),
        f.object("presign", CommandReader::presignFirst));
  }

  private static NewObject newObject(JsonObjectReader f) {
    return new NewObject(
        f.uuid("dataset_id"),
        f.text("dataset_name", WireLimits.TEXT_CHARS),
        f.requiredText("object_name", WireLimits.TEXT_CHARS),
        f.requiredNumber("file_size_bytes"),
        f.text("content_type", WireLimits.TEXT_CHARS),
        f.number("part_size_bytes"),
        f.sha256("checksum_sha256"),
        f.free("metadata"));
  }

  private static PresignFirst presignFirst(JsonObjectReader f) {
    return new PresignFirst(
        f.requiredInteger("first"), f.number("expires_in_seconds"), encoding(f));
  }

  static PresignParts presignParts(JsonObjectReader f, UUID sessionId) {
    @Nullable List<Integer> listed = f.integers("part_numbers");
    @Nullable Integer start = f.integer("part_number_start");
    @Nullable Integer end = f.integer("part_number_end");
    judgeChoice(f, start, end);
    return new PresignParts(
        sessionId,
        listed,
        start,
        end,
        f.number("expires_in_seconds"),
        f.textsByPart("checksums"),
        encoding(f));
  }

  /** Either a list or a range with both of its ends. */
  private static void judgeChoice(
      JsonObjectReader f, @Nullable Integer start, @Nullable Integer end) {
    if (f.has("part_numbers")) {
      if (start != null || end != null) {
        f.wrong("part_numbers", FieldError.CONFLICT, "give either a list of parts or a range");
      }
    } else if (start == null && end == null) {
      f.wrong("part_numbers", FieldError.REQUIRED, "give either a list of parts or a range");
    } else if (start == null) {
      f.wrong("part_number_start", FieldError.REQUIRED, "a range has two ends");
    } else if (end == null) {
      f.wrong("part_number_end", FieldError.REQUIRED, "a range has two ends");
    }
  }

  private static Encoding encoding(JsonObjectReader f) {
    return f.oneOf("encoding", Encoding.values(), Encoding.FULL);
  }

  static AcknowledgePart acknowledgePart(JsonObjectReader f, UUID sessionId) {
    return new AcknowledgePart(sessionId, f.requiredObjects("parts", CommandReader::sentPart));
  }

  private static SentPart sentPart(JsonObjectReader f) {
    return new SentPart(
        f.requiredInteger("part_number"),
        f.requiredText("etag", WireLimits.TEXT_CHARS),
        f.requiredNumber("size_bytes"),
        f.sha256("checksum_sha256"));
  }

  private static ListParts listParts(JsonObjectReader f, UUID sessionId) {
    return new ListParts(
        sessionId,
        f.oneOf("source", PartSource.values(), PartSource.DB),
        f.integer("limit"),
        f.text("cursor", WireLimits.TEXT_CHARS),
        f.oneOf("encoding", PartEncoding.values(), PartEncoding.ROWS));
  }

  static PauseUpload pauseUpload(JsonObjectReader f, UUID sessionId) {
    return new PauseUpload(
        sessionId,
        f.said("reason"),
        f.oneOf("client_inflight_behavior", InflightBehavior.values()));
  }

  static CompleteUpload completeUpload(JsonObjectReader f, UUID sessionId) {
    return new CompleteUpload(
        sessionId,
        f.objects("client_reported_parts", CommandReader::reportedPart),
        f.sha256("checksum_sha256"));
  }

  private static ReportedPart reportedPart(JsonObjectReader f) {
    return new ReportedPart(
        f.requiredInteger("part_number"), f.requiredText("etag", WireLimits.TEXT_CHARS));
  }

  static ExtendUpload extendUpload(JsonObjectReader f, UUID sessionId) {
    return new ExtendUpload(sessionId, f.requiredNumber("extend_by_seconds"), f.said("reason"));
  }
}
