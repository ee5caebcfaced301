package io.waybill.simulator;

import io.waybill.wire.Parsed;
import io.waybill.wire.Reply;
import io.waybill.wire.Result;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a gateway has answered, in the words of the {@link Model}. */
final class Told {
  private Told() {}

  static String of(Move.Kind kind, Reply reply) {
    return switch (reply) {
      case Reply.Ok ok -> {
        Result result = read(ok, Objects.requireNonNull(kind.answer));
        yield result == null ? "an answer of another shape: " + ok : of(result);
      }
      case Reply.Err err -> {
        Map<String, Object> details = err.error().details();
        Object more = details.getOrDefault("current_status", details.get("missing_part_numbers"));
        yield err.error().code() + (more == null ? "" : " " + more);
      }
      case Reply.Unreadable unreadable -> unreadable.toString();
    };
  }

  static boolean isRefusal(String told) {
    return told.matches("[a-z_]+\\.[a-z_]+.*");
  }

  /** The result, if it is one of this kind. */
  static <T> @Nullable T read(Reply reply, Class<T> type) {
    return reply instanceof Reply.Ok ok && ok.as(type) instanceof Parsed.Read<T>(T value)
        ? value
        : null;
  }

  private static String of(Result result) {
    return switch (result) {
      case Result.Presigned urls -> "URLs of " + urls.partNumbers();
      case Result.Acknowledged it ->
          it.acknowledgedPartCount() + " acknowledged, " + it.uploadedPartCount() + " known";
      case Result.Session it ->
          "%s, %d of %d known, until %s"
              .formatted(it.status(), it.uploadedPartCount(), it.partCount(), it.expiresAt());
      case Result.PartList it -> "parts " + it.uploaded();
      case Result.Paused it -> it.status();
      case Result.Resumed it -> it.status();
      case Result.Completed it -> it.status() + ", " + it.objectSizeBytes() + " bytes";
      case Result.Aborted it -> it.status();
      case Result.Extended it -> it.status() + " until " + it.expiresAt();
      case Result.UploadTask it -> "task " + it.taskId() + " of " + it.objects().size();
      case Result.UploadObject it -> "session " + it.sessionId();
      case Result.Credential _, Result.Description _ -> "something else";
    };
  }
}
