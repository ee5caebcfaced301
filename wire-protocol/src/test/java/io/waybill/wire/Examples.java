package io.waybill.wire;

import io.waybill.wire.Command.Encoding;
import io.waybill.wire.Command.InflightBehavior;
import io.waybill.wire.Command.PartEncoding;
import io.waybill.wire.Command.PartSource;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** One well-formed example of everything that is sent. */
final class Examples {

  static final UUID PROJECT = UUID.fromString("0190a000-0000-7000-8000-000000000002");
  static final UUID SESSION = UUID.fromString("0190a000-0000-7000-8000-0000000000f1");

  private static final Instant NOW = Instant.parse("2026-11-23T10:00:00.000001Z");
  private static final String SHA256 = "0123456789abcdef".repeat(4);

  private Examples() {}

  static Stream<Command> commands() {
    return Stream.of(
        createSession(),
        new Command.PresignParts(
            SESSION, List.of(1, 2), null, null, 900L, Map.of(1, "AAAAAA=="), Encoding.FULL),
        new Command.PresignParts(SESSION, null, 1, 20, null, Map.of(), Encoding.COMPACT),
        new Command.AcknowledgePart(
            SESSION,
            List.of(
                new Command.SentPart(1, "\"e1\"", 67108864L, SHA256),
                new Command.SentPart(2, "\"e2\"", 5, null))),
        new Command.GetStatus(SESSION),
        new Command.ListParts(SESSION, PartSource.RECONCILE, 100, "c", PartEncoding.RANGES),
        new Command.PauseUpload(SESSION, "lunch", InflightBehavior.CANCEL_INFLIGHT),
        new Command.ResumeUpload(SESSION, null),
        new Command.CompleteUpload(SESSION, List.of(new Command.ReportedPart(1, "\"e1\"")), SHA256),
        new Command.AbortUpload(SESSION, "wrong file"),
        new Command.ExtendUpload(SESSION, 86400, null),
        new Command.RetryObject(PROJECT, SESSION),
        new Command.RotateCredential(),
        new Command.Describe());
  }

  static Command.CreateSession createSession() {
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("site", "line-3");
    metadata.put("run", 42L);
    metadata.put("speed", 1.5);
    metadata.put("tags", List.of("a", true));
    metadata.put("inner", Map.of("x", -1L));
    return new Command.CreateSession(
        PROJECT,
        "robot-run-42",
        "device",
        null,
        "robot-17",
        null,
        List.of(
            new Command.NewObject(
                "front-camera",
                "front_camera.mcap",
                5_368_709_120L,
                "application/octet-stream",
                67_108_864L,
                SHA256,
                Map.of()),
            new Command.NewObject(null, "größe 🎉.bin", 1, null, null, null, metadata)),
        metadata,
        new Command.PresignFirst(4, 900L, Encoding.COMPACT));
  }

  /** A result beside the command that it answers. */
  record Answered(Command.Name command, Object result) {}

  static Stream<Answered> results() {
    Result.Presigned full =
        new Result.Presigned(
            SESSION,
            "PUT",
            NOW,
            900L,
            List.of(
                new Result.PresignedPart(
                    1, "https://s3.example.com/a?partNumber=1", 5, 0, 5, Map.of("x", "y"))),
            null,
            0,
            0,
            List.of(),
            Map.of(),
            2);
    Result.UploadObject object =
        new Result.UploadObject(
            SESSION,
            SESSION,
            SESSION,
            "PENDING",
            true,
            "a.mcap",
            "robot-data",
            "tenants/a",
            5,
            5,
            1,
            "CRC32C",
            NOW,
            86400L,
            null,
            full);
    return Stream.of(
        new Answered(
            Command.Name.CREATE_SESSION,
            new Result.UploadTask(SESSION, PROJECT, "PENDING", 1, 5, NOW, List.of(object))),
        new Answered(Command.Name.PRESIGN_PARTS, full),
        new Answered(Command.Name.ACKNOWLEDGE_PART, new Result.Acknowledged(SESSION, 1, 2)),
        new Answered(Command.Name.GET_STATUS, session()),
        new Answered(
            Command.Name.LIST_PARTS,
            new Result.PartList(
                SESSION,
                "db",
                3,
                1,
                List.of(2, 3),
                List.of(new Result.Part(1, "\"e\"", 5L, "UPLOADED", true, NOW, 5, 0, 5, NOW, NOW)),
                null,
                null)),
        new Answered(Command.Name.PAUSE_UPLOAD, new Result.Paused(SESSION, "PAUSED", NOW, "lunch")),
        new Answered(Command.Name.RESUME_UPLOAD, new Result.Resumed(SESSION, "UPLOADING", NOW)),
        new Answered(
            Command.Name.COMPLETE_UPLOAD,
            new Result.Completed(
                SESSION,
                "COMPLETED",
                "robot-data",
                "k",
                5,
                "\"e\"",
                NOW,
                "e30.e30.AA",
                List.of("part 1"))),
        new Answered(Command.Name.ABORT_UPLOAD, new Result.Aborted(SESSION, "ABORTED", NOW)),
        new Answered(
            Command.Name.EXTEND_UPLOAD, new Result.Extended(SESSION, "PAUSED", NOW, 86400L)),
        new Answered(Command.Name.RETRY_OBJECT, object),
        new Answered(
            Command.Name.ROTATE_CREDENTIAL, new Result.Credential(SESSION, 2, "wbd_", NOW, null)),
        new Answered(
            Command.Name.DESCRIBE,
            new Result.Description(
                NOW,
                "https://s3.example.com",
                List.of("full", "compact"),
                List.of("3.1.1", "5.0"),
                List.of(),
                Map.of("max_parts_per_presign", 100L),
                false,
                Map.of("status", "ACTIVE"))));
  }

  private static Result.Session session() {
    return new Result.Session(
        SESSION,
        PROJECT,
        PROJECT,
        PROJECT,
        PROJECT,
        "UPLOADING",
        false,
        "robot-data",
        "tenants/a",
        "a.mcap",
        5,
        5,
        1,
        0,
        1,
        "CRC32C",
        null,
        null,
        NOW,
        NOW,
        NOW,
        null,
        new Diagnosis("paused", NOW, "paused by wb_person", "resume it"));
  }

  static ErrorBody error() {
    return new ErrorBody(
        "request.validation_failed",
        "Some fields are wrong.",
        Map.of("errors", List.of(new FieldError("a", FieldError.TYPE, "must be a text"))),
        false,
        null);
  }
}
