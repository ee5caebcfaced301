package io.waybill.testkit.simulation;

import io.waybill.core.ErrorCode;
import io.waybill.core.Outage;
import io.waybill.core.Refusal;
import io.waybill.core.Verdict;
import io.waybill.core.access.Caller;
import io.waybill.core.idempotency.RequestKey;
import io.waybill.core.upload.Answer;
import io.waybill.core.upload.AnswerLimit;
import io.waybill.core.upload.NewTask;
import io.waybill.core.upload.usecase.AbortUpload;
import io.waybill.core.upload.usecase.AcknowledgeParts;
import io.waybill.core.upload.usecase.CompleteUpload;
import io.waybill.core.upload.usecase.PauseUpload;
import io.waybill.core.upload.usecase.PresignParts;
import io.waybill.core.upload.usecase.ResumeUpload;
import io.waybill.core.upload.usecase.RetryObject;
import io.waybill.core.upload.usecase.UploadUseCases;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A device as mqtt-api.md wants it: it sends one request at a time and repeats it, with the same
 * request id and to whichever process there is, until it is answered. It uploads one file; chance
 * decides whether it pauses, gives up or forgets a part on the way.
 */
final class Robot {

  /** What it does next. */
  enum Goal {
    CREATE,
    PRESIGN,
    ACKNOWLEDGE,
    PAUSE,
    RESUME,
    COMPLETE,
    ABORT,
    RETRY,
    REST
  }

  /** How long it waits for an answer before it asks again. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** A request that has not been answered after so many repetitions in a quiet world never is. */
  private static final int TOO_OFTEN = 10_000;

  static final long PART_BYTES = 5L << 20;

  private final String name;
  private final Life life;
  private final Caller caller;
  private final int parts;
  private Goal goal = Goal.CREATE;
  private int requests;
  private int repetitions;
  private boolean waits;
  private Instant again;
  private Answer.@Nullable TaskObject object;
  private @Nullable UUID taskId;

  Robot(String name, Life life, Caller caller, int parts) {
    this.name = name;
    this.life = life;
    this.caller = caller;
    this.parts = parts;
    this.again = life.now();
  }

  String name() {
    return name;
  }

  Goal goal() {
    return goal;
  }

  boolean rests() {
    return goal == Goal.REST;
  }

  /** When it wants to do something; it may be waiting for an answer that never comes until then. */
  Instant again() {
    return again;
  }

  /** Sends its request, or sends it again. */
  Flight send(Replica to) {
    if (waits && ++repetitions > TOO_OFTEN) {
      throw new Broken(name + " is never answered: " + goal);
    }
    waits = true;
    again = life.now().plus(PATIENCE);
    int asked = requests;
    return new Flight(
        name + " " + goal + " #" + asked,
        to,
        call(to.cases),
        stand -> {
          if (asked == requests && waits) {
            hear(stand);
          }
        });
  }

  private void hear(Tape.Stand stand) {
    switch (stand) {
      case Tape.Stand.Ended(Object verdict) -> answered((Verdict<?>) verdict);
      case Tape.Stand.Died(RuntimeException of) -> {
        if (!(of instanceof Outage)) {
          throw new Broken(name + " met a defect at " + goal, of);
        }
        again = life.now().plusSeconds(1); // answered "later"
      }
      case Tape.Stand.Asks asks -> throw new IllegalStateException("not at its end");
    }
  }

  private Supplier<Verdict<?>> call(UploadUseCases cases) {
    RequestKey key = new RequestKey(name + "-" + requests, true, null, () -> {});
    return switch (goal) {
      case CREATE -> () -> cases.createUploadTask().handle(caller, key, task(), AnswerLimit.NONE);
      case PRESIGN ->
          () ->
              cases
                  .presignParts()
                  .handle(
                      caller,
                      new PresignParts.Request(
                          session(),
                          IntStream.rangeClosed(1, parts).boxed().toList(),
                          null,
                          true,
                          Map.of(),
                          AnswerLimit.NONE));
      case ACKNOWLEDGE ->
          () ->
              cases
                  .acknowledgeParts()
                  .handle(
                      caller,
                      new AcknowledgeParts.Request(
                          session(),
                          IntStream.rangeClosed(1, parts)
                              .mapToObj(n ->
                                  new AcknowledgeParts.Part(
                                      n, "\"etag-" + n + "\"", PART_BYTES, null))
                              .toList()));
      case PAUSE ->
          () ->
              cases
                  .pauseUpload()
                  .handle(
                      caller,
                      key,
                      new PauseUpload.Request(
                          session(), "lunch", PauseUpload.Inflight.ALLOW_FINISH));
      case RESUME ->
          () ->
              cases.resumeUpload().handle(caller, key, new ResumeUpload.Request(session(), "back"));
      case COMPLETE ->
          () ->
              cases
                  .completeUpload()
                  .handle(caller, key, new CompleteUpload.Request(session(), Map.of(), null));
      case ABORT ->
          () ->
              cases.abortUpload().handle(caller, key, new AbortUpload.Request(session(), "enough"));
      case RETRY ->
          () ->
              cases
                  .retryObject()
                  .handle(
                      caller, key, new RetryObject.Request(some(taskId), some(object).objectId()));
      case REST -> throw new IllegalStateException(name + " wants nothing any more");
    };
  }

  private NewTask task() {
    NewTask.File file =
        new NewTask.File(
            null,
            name + ".mcap",
            parts * PART_BYTES,
            "application/octet-stream",
            PART_BYTES,
            null,
            Map.of());
    return new NewTask(
        life.project(), "run", "device", null, null, null, List.of(file), Map.of(), null);
  }

  private void answered(Verdict<?> verdict) {
    switch (verdict) {
      case Verdict.Ok<?>(Object value) -> next(value);
      case Verdict.Refused<?>(Refusal refusal) -> refused(refusal);
    }
  }

  private void next(Object value) {
    life.tell(name + " is answered: " + goal);
    switch (value) {
      case Answer.Task task -> {
        taskId = task.taskId();
        made(task.objects().getFirst());
      }
      case Answer.TaskObject retried -> made(retried);
      default -> {}
    }
    want(
        switch (goal) {
          case CREATE, RETRY -> Goal.PRESIGN;
          case PRESIGN -> sent();
          case ACKNOWLEDGE -> life.dice.oneIn(6) ? Goal.PAUSE : Goal.COMPLETE;
          case PAUSE -> life.dice.oneIn(4) ? Goal.ABORT : Goal.RESUME;
          case RESUME -> Goal.COMPLETE;
          case COMPLETE, ABORT, REST -> Goal.REST;
        });
  }

  private void made(Answer.TaskObject made) {
    object = made;
    life.judge.knows(made.sessionId(), caller);
  }

  /** Parts go straight to the store: one may get lost, one may come too late. */
  private Goal sent() {
    boolean forgets = life.dice.oneIn(10);
    for (int part = forgets ? 2 : 1; part <= parts; part++) {
      life.put(session(), part, PART_BYTES);
    }
    return switch (life.dice.below(8)) {
      case 0 -> Goal.ABORT;
      case 1 -> Goal.PAUSE;
      case 2, 3 -> Goal.ACKNOWLEDGE;
      default -> Goal.COMPLETE;
    };
  }

  private void refused(Refusal refusal) {
    life.tell(name + " is refused: " + goal + ", " + refusal.code().code());
    if (refusal.retryAfterSeconds() > 0) {
      again = life.now().plusSeconds(refusal.retryAfterSeconds());
      return;
    }
    want(
        switch (refusal.code()) {
          case UPLOAD_MISSING_PARTS -> Goal.PRESIGN;
          case STORAGE_UPLOAD_MISSING, UPLOAD_EXPIRED ->
              goal == Goal.RETRY || life.dice.oneIn(2) ? Goal.REST : Goal.RETRY;
          default -> over(refusal.code());
        });
  }

  /** It is over; whether by its own doing, the judge knows. */
  private Goal over(ErrorCode code) {
    return code == ErrorCode.REQUEST_VALIDATION_FAILED ? broken(code) : Goal.REST;
  }

  private Goal broken(ErrorCode code) {
    throw new Broken(name + " sent what no robot would: " + goal + ", " + code.code());
  }

  private void want(Goal next) {
    goal = next;
    requests++;
    repetitions = 0;
    waits = false;
    again = life.now().plus(Duration.ofMillis(life.dice.below(3000)));
  }

  private UUID session() {
    return some(object).sessionId();
  }

  private static <T> T some(@Nullable T value) {
    if (value == null) {
      throw new IllegalStateException("asked before there was one");
    }
    return value;
  }
}
