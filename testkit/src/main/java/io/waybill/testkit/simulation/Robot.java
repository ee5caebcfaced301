package io.waybill.testkit.simulation;

import io.waybill.core.ErrorCode;
import io.waybill.core.Outage;
import io.waybill.core.Refusal;
import io.waybill.core.Verdict;
import io.waybill.core.access.Caller;
import io.waybill.core.idempotency.RequestKey;
import io.waybill.core.upload.Answer;
import io.waybill.core.upload.SessionStatus;
import io.waybill.core.upload.UploadEvent;
import io.waybill.core.upload.usecase.UploadUseCases;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A device as mqtt-api.md wants it: it sends one request at a time and repeats it, with the same
 * request id and to whichever process there is, until it is answered. It uploads one file after the
 * other; chance decides whether it pauses, gives up or forgets a part on the way.
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

  /** How many it will send after this one. */
  private int files;

  private Goal goal = Goal.CREATE;
  private final Map<Goal, Integer> asked = new EnumMap<>(Map.of(Goal.CREATE, 1));
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
    this.files = life.dice.below(3);
    this.again = life.now();
  }

  @Override
  public String toString() {
    return name + " " + goal;
  }

  boolean rests() {
    return goal == Goal.REST;
  }

  /** Whether it repeats a request until it is answered. */
  boolean waits() {
    return waits;
  }

  /** Its own part of what must hold at the end. */
  void isServedOnce(Judge judge) {
    UUID device = caller.identity().id();
    judge.once(device, UploadEvent.TASK_CREATED, asked.getOrDefault(Goal.CREATE, 0));
    judge.once(device, UploadEvent.OBJECT_RETRIED, asked.getOrDefault(Goal.RETRY, 0));
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
    int number = requests;
    Flight request =
        new Flight(
            name + " " + goal + " #" + number,
            to,
            call(to.cases),
            end -> {
              if (number == requests && waits) {
                hear(end);
              }
            });
    if (repetitions > 0 && !life.isQuiet() && life.dice.oneIn(25)) {
      life.tell(() -> name + " asks once more, and is switched off for good");
      goal = Goal.REST;
      waits = false;
    }
    return request;
  }

  private void hear(Flight.End end) {
    switch (end) {
      case Flight.End.Answered(Object verdict) -> answered((Verdict<?>) verdict);
      case Flight.End.Died(RuntimeException of) -> {
        if (!(of instanceof Outage)) {
          throw new Broken(name + " met a defect at " + goal, of);
        }
        again = life.now().plusSeconds(1); // answered "later"
      }
    }
  }

  private Supplier<Verdict<?>> call(UploadUseCases cases) {
    RequestKey key = new RequestKey(name + "-" + requests, true, null, () -> {});
    return new Asking(cases, caller, key, parts).to(goal, wanted());
  }

  private Asking.About wanted() {
    return new Asking.About(name, life.project(), taskId, object);
  }

  private void answered(Verdict<?> verdict) {
    switch (verdict) {
      case Verdict.Ok<?>(Object value) -> next(value);
      case Verdict.Refused<?>(Refusal refusal) -> refused(refusal);
    }
  }

  private void next(Object value) {
    life.tell(() -> name + " is answered: " + goal);
    switch (value) {
      case Answer.Task task -> {
        taskId = task.taskId();
        made(task.objects().getFirst());
      }
      case Answer.TaskObject retried -> made(retried);
      case Answer.Completed done -> life.judge.isNow(done.sessionId(), SessionStatus.COMPLETED);
      case Answer.Aborted gone -> life.judge.isNow(gone.sessionId(), SessionStatus.ABORTED);
      default -> {}
    }
    want(
        switch (goal) {
          case CREATE, RETRY -> life.dice.oneIn(10) ? Goal.ABORT : Goal.PRESIGN;
          case PRESIGN -> sent();
          case ACKNOWLEDGE -> life.dice.oneIn(6) ? Goal.PAUSE : Goal.COMPLETE;
          case PAUSE -> life.dice.oneIn(4) ? Goal.ABORT : Goal.RESUME;
          case RESUME -> Goal.COMPLETE;
          case ABORT -> life.dice.oneIn(3) ? Goal.RETRY : Goal.REST;
          case COMPLETE, REST -> Goal.REST;
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
      life.puts.put(session(), part, PART_BYTES);
    }
    return switch (life.dice.below(8)) {
      case 0 -> Goal.ABORT;
      case 1 -> Goal.PAUSE;
      case 2, 3 -> Goal.ACKNOWLEDGE;
      default -> Goal.COMPLETE;
    };
  }

  private void refused(Refusal refusal) {
    life.tell(() -> name + " is refused: " + goal + ", " + refusal.code().code());
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
    boolean isDone = next == Goal.REST;
    goal = isDone && files-- > 0 ? Goal.CREATE : next;
    asked.merge(goal, 1, Integer::sum);
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
