package io.waybill.core.upload.usecase;

import io.waybill.core.ErrorCode;
import io.waybill.core.Refusal;
import io.waybill.core.Verdict;
import io.waybill.core.access.Caller;
import io.waybill.core.access.Gate;
import io.waybill.core.access.Permission;
import io.waybill.core.access.Resource;
import io.waybill.core.access.ResourceKind;
import io.waybill.core.idempotency.Fingerprint;
import io.waybill.core.idempotency.IntentCommand;
import io.waybill.core.idempotency.Once;
import io.waybill.core.idempotency.Remembered;
import io.waybill.core.idempotency.RequestKey;
import io.waybill.core.upload.Limits;
import io.waybill.core.upload.TaskAnswer;
import io.waybill.core.upload.TaskMoved;
import io.waybill.core.upload.TaskObject;
import io.waybill.core.upload.TaskStore.TaskProgress;
import io.waybill.core.upload.UploadStores;
import io.waybill.core.upload.UploadTask;
import io.waybill.core.work.Ports;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Pauses, resumes, cancels or retries the objects of a task: one transaction for each, and an
 * answer for each. What refuses one object is nothing to the others.
 */
public final class MoveTask {

  public static final Remembered<TaskMoved> REMEMBERED =
      new Remembered<>("MOVE_TASK", TaskMoved.class);

  private final Ports<? extends UploadStores> ports;
  private final ObjectMoves moves;

  MoveTask(Ports<? extends UploadStores> ports, Limits limits) {
    this.ports = ports;
    this.moves = new ObjectMoves(ports, limits);
  }

  /** What can be asked of every object of a task. */
  public enum Move {
    PAUSE(Permission.UPLOAD_PAUSE),
    RESUME(Permission.UPLOAD_RESUME),
    CANCEL(Permission.UPLOAD_CANCEL),
    RETRY(Permission.UPLOAD_RETRY);

    private final Permission need;

    Move(Permission need) {
      this.need = need;
    }

    public Permission need() {
      return need;
    }
  }

  /** Which task of which project, what to do with it, and why. */
  public record Request(Move move, UUID projectId, UUID taskId, String reason) {}

  /** All of its objects. */
  public Verdict<TaskMoved> handle(Caller caller, RequestKey requestKey, Request request) {
    return walk(
        caller,
        requestKey,
        request,
        Fingerprint.of(REMEMBERED),
        task -> Verdict.ok(all(caller, request, task)));
  }

  /** One of its objects: what refuses it is the answer. */
  public Verdict<TaskMoved> handle(
      Caller caller, RequestKey requestKey, Request request, UUID objectId) {
    return walk(
        caller,
        requestKey,
        request,
        Fingerprint.of(REMEMBERED).add(objectId),
        task ->
            task.objects().stream()
                .filter(object -> object.objectId().equals(objectId))
                .findFirst()
                .map(object ->
                    moves
                        .move(caller, request, object)
                        .map(ok -> moved(caller, request, Map.of(), Optional.of(objectId))))
                .orElseGet(() -> Gate.missing(ResourceKind.UPLOAD_OBJECT)));
  }

  private Verdict<TaskMoved> walk(
      Caller caller,
      RequestKey requestKey,
      Request request,
      Fingerprint said,
      Function<UploadTask, Verdict<TaskMoved>> work) {
    Once<UploadStores, TaskMoved> once =
        Once.of(
            REMEMBERED,
            caller,
            requestKey,
            said.add(request.move()).add(request.taskId()).add(request.reason()));
    return IntentCommand.walk(
        ports, once, () -> begin(caller, once, request), task -> settle(once, work.apply(task)));
  }

  private Verdict<TaskMoved> settle(
      Once<UploadStores, TaskMoved> once, Verdict<TaskMoved> verdict) {
    if (verdict instanceof Verdict.Ok<TaskMoved>(TaskMoved moved)) {
      ports
          .work()
          .commit(tx -> {
            once.remember(tx, moved, ports.now());
            return moved;
          });
    } else {
      once.free(ports.work());
    }
    return verdict;
  }

  private Verdict<IntentCommand.Begun<UploadTask, TaskMoved>> begin(
      Caller caller, Once<UploadStores, TaskMoved> once, Request request) {
    return ports
        .work()
        .write(tx ->
            find(tx, caller, request)
                .then(task ->
                    once.claim(
                        tx,
                        null,
                        ports.now(),
                        IntentCommand::finished,
                        created -> IntentCommand.working(task))));
  }

  private Verdict<UploadTask> find(UploadStores tx, Caller caller, Request request) {
    UUID tenantId = caller.identity().tenantId();
    Optional<UploadTask> found =
        tx.tasks().find(tenantId, request.projectId(), request.taskId()).map(TaskProgress::task);
    if (found.isEmpty() || !caller.identity().meets(found.get().sourceDeviceId())) {
      return Gate.missing(ResourceKind.UPLOAD_TASK);
    }
    Resource task = Resource.task(tenantId, request.projectId(), request.taskId());
    return Gate.pass(caller.identity(), request.move().need(), task, ports.now())
        .map(ok -> found.get());
  }

  /** Once storage is away, what needs it is not tried again and again. */
  private TaskMoved all(Caller caller, Request request, UploadTask task) {
    Map<UUID, Refusal> refused = new LinkedHashMap<>();
    Optional<Refusal> outage = Optional.empty();
    for (TaskObject object : task.objects()) {
      Verdict<?> verdict =
          outage.isPresent() ? Verdict.refused(outage.get()) : moves.move(caller, request, object);
      if (verdict instanceof Verdict.Refused<?>(Refusal refusal)) {
        refused.put(object.objectId(), refusal);
        outage = refusal.code() == ErrorCode.STORAGE_UNAVAILABLE ? Optional.of(refusal) : outage;
      }
    }
    return moved(caller, request, refused, Optional.empty());
  }

  /** As things are now. */
  private TaskMoved moved(
      Caller caller, Request request, Map<UUID, Refusal> refused, Optional<UUID> only) {
    UUID tenantId = caller.identity().tenantId();
    TaskProgress found =
        ports
            .work()
            .read(tx -> tx.tasks().find(tenantId, request.projectId(), request.taskId()))
            .orElseThrow();
    Instant at = ports.now();
    TaskAnswer now =
        ShownTask.to(
            caller.identity(), found, TaskAnswer.of(found.task(), found.progress(), at), at);
    List<TaskMoved.MovedObject> objects = new ArrayList<>();
    now.objects().stream()
        .filter(object -> only.isEmpty() || only.get().equals(object.objectId()))
        .forEach(object ->
            objects.add(
                new TaskMoved.MovedObject(
                    object.objectId(),
                    object.sessionId(),
                    object.status(),
                    why(refused.get(object.objectId())))));
    return new TaskMoved(now.taskId(), now.status(), objects);
  }

  private static TaskMoved.@Nullable Why why(@Nullable Refusal refusal) {
    return refusal == null
        ? null
        : new TaskMoved.Why(refusal.code().code(), refusal.message(), refusal.details());
  }
}
