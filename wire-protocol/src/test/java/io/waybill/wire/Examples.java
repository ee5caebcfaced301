package io.waybill.wire;

import io.waybill.wire.Command.Encoding;
import io.waybill.wire.Command.InflightBehavior;
import io.waybill.wire.Command.PartEncoding;
import io.waybill.wire.Command.PartSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** One well-formed example of everything that is sent. */
final class Examples {

  static final UUID PROJECT = UUID.fromString("0190a000-0000-7000-8000-000000000002");
  static final UUID SESSION = UUID.fromString("0190a000-0000-7000-8000-0000000000f1");

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
                new Command.SentPart(2, "\"e2\"", null, null))),
        new Command.GetStatus(SESSION),
        new Command.ListParts(SESSION, PartSource.RECONCILE, 100, "c", PartEncoding.RANGES),
        new Command.PauseUpload(SESSION, "lunch", InflightBehavior.CANCEL_INFLIGHT),
        new Command.ResumeUpload(SESSION, null),
        new Command.CompleteUpload(SESSION, List.of(new Command.ReportedPart(1, "\"e1\"")), SHA256),
        new Command.AbortUpload(SESSION, "wrong file"),
        new Command.ExtendUpload(SESSION, 86400, null),
        new Command.RetryObject(PROJECT, SESSION),
        new Command.Describe());
  }

  static Command.CreateSession createSession() {
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("site", "line-3");
    metadata.put("run", 42L);
    metadata.put("speed", 1.5);
    metadata.put("tags", List.of("a", true));
    metadata.put("inner", Map.of("x", -1L));
    metadata.put("nothing", null);
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
}
