package io.waybill.gateway;

import static io.waybill.gateway.Told.result;

import io.waybill.wire.Command;
import io.waybill.wire.Command.Encoding;
import io.waybill.wire.Envelope;
import io.waybill.wire.Reply;
import io.waybill.wire.Request;
import io.waybill.wire.RequestId;
import io.waybill.wire.Result;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Requests as a device makes them, and what it reads in their answers. */
final class Requests {

  static final Command DESCRIBE = new Command.Describe();

  private Requests() {}

  static byte[] describe(String requestId) {
    return Envelope.encode(Request.of(requestId, null, DESCRIBE));
  }

  static Request bounded(String id, int maxResponseBytes, Command command) {
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

  static Command presign(UUID session, Encoding encoding) {
    return presign(session, encoding, 3);
  }

  static Command presign(UUID session, Encoding encoding, int last) {
    return last == 3 && encoding == Encoding.COMPACT
        ? new Command.PresignParts(session, List.of(1, 2, 3), null, null, null, Map.of(), encoding)
        : new Command.PresignParts(session, null, 1, last, null, Map.of(), encoding);
  }

  static Command complete(UUID session) {
    return new Command.CompleteUpload(session, List.of(), null);
  }

  static UUID session(Result.UploadTask task) {
    return Objects.requireNonNull(task.objects().getFirst().sessionId());
  }

  static String status(Reply reply) {
    return result(reply, Result.Session.class).status();
  }
}
