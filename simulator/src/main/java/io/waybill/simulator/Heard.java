package io.waybill.simulator;

import io.waybill.core.ErrorCode;
import io.waybill.core.Refusal;
import io.waybill.core.Verdict;
import io.waybill.core.upload.Answer;
import io.waybill.core.upload.SessionStatus;
import io.waybill.wire.ErrorBody;
import io.waybill.wire.Parsed;
import io.waybill.wire.Result;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a sender understands of an answer, on whichever road it came. */
sealed interface Heard {

  /** There are these objects now. */
  record Made(UUID taskId, List<Wish.Made> objects) implements Heard {}

  /** One object has a new session. */
  record Again(Wish.Made object) implements Heard {}

  /** A session is now this, for good. */
  record Over(UUID sessionId, SessionStatus status) implements Heard {}

  /** It was done. */
  record Done() implements Heard {}

  /**
   * It was not done.
   *
   * @param retryAfterSeconds 0 where repeating the same request helps nobody
   */
  record Refused(ErrorCode code, long retryAfterSeconds) implements Heard {}

  /** Every code by what it is called on the wire. */
  Map<String, ErrorCode> CODES =
      Arrays.stream(ErrorCode.values())
          .collect(Collectors.toMap(ErrorCode::code, Function.identity()));

  /** What a use case has answered. */
  static Heard of(Verdict<?> verdict) {
    return switch (verdict) {
      case Verdict.Ok<?>(Answer.Task task) ->
          new Made(task.taskId(), task.objects().stream().map(Heard::made).toList());
      case Verdict.Ok<?>(Answer.TaskObject object) -> new Again(made(object));
      case Verdict.Ok<?>(Answer.Completed it) -> new Over(it.sessionId(), it.status());
      case Verdict.Ok<?>(Answer.Aborted it) -> new Over(it.sessionId(), it.status());
      case Verdict.Ok<?> _ -> new Done();
      case Verdict.Refused<?>(Refusal refusal) ->
          new Refused(refusal.code(), refusal.retryAfterSeconds());
    };
  }

  private static Wish.Made made(Answer.TaskObject object) {
    return new Wish.Made(object.objectId(), object.sessionId());
  }

  /** What a door has answered to such a wish: the same fields on both. */
  static Heard of(Wish.Goal goal, Reader reader) {
    return switch (goal) {
      case CREATE -> {
        Result.UploadTask task = read(reader, Result.UploadTask.class);
        yield new Made(task.taskId(), task.objects().stream().map(Heard::made).toList());
      }
      case RETRY -> new Again(made(read(reader, Result.UploadObject.class)));
      case COMPLETE -> {
        Result.Completed it = read(reader, Result.Completed.class);
        yield new Over(it.sessionId(), SessionStatus.valueOf(it.status()));
      }
      case ABORT -> {
        Result.Aborted it = read(reader, Result.Aborted.class);
        yield new Over(it.sessionId(), SessionStatus.valueOf(it.status()));
      }
      case PRESIGN,
          ACKNOWLEDGE,
          LOOK,
          WATCH,
          EXTEND,
          PAUSE,
          RESUME,
          TASK_PAUSE,
          TASK_RESUME,
          TASK_CANCEL,
          TASK_RETRY,
          TASK_LOOK,
          TASK_LIST,
          EVENTS,
          REST ->
          new Done();
    };
  }

  private static Wish.Made made(Result.UploadObject object) {
    return new Wish.Made(object.objectId(), Objects.requireNonNull(object.sessionId()));
  }

  /** What a gateway has refused. */
  static Heard of(ErrorBody error) {
    Long seconds = error.retryAfterSeconds();
    long soon = error.retryable() ? 1 : 0;
    return new Refused(code(error.code()), seconds == null ? soon : seconds);
  }

  private static ErrorCode code(String wire) {
    @Nullable ErrorCode code = CODES.get(wire);
    if (code == null) {
      throw new Broken("a code that nobody knows: " + wire);
    }
    return code;
  }

  /** Reads the result of an answer as one of its records. */
  interface Reader {
    <T> Parsed<T> as(Class<T> type);
  }

  private static <T> T read(Reader reader, Class<T> type) {
    return switch (reader.as(type)) {
      case Parsed.Read<T>(T value) -> value;
      case Parsed.NotJson<T>(String reason) -> throw new Broken("unreadable answer: " + reason);
      case Parsed.Invalid<T> invalid -> throw new Broken("unreadable answer: " + invalid);
    };
  }
}
