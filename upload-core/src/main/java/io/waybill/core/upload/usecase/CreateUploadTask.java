package io.waybill.core.upload.usecase;

import io.waybill.core.ErrorCode;
import io.waybill.core.FieldError;
import io.waybill.core.Refusal;
import io.waybill.core.Verdict;
import io.waybill.core.access.Authorizer;
import io.waybill.core.access.Caller;
import io.waybill.core.access.Permission;
import io.waybill.core.access.Resource;
import io.waybill.core.event.EventType;
import io.waybill.core.event.Facts;
import io.waybill.core.event.Transition;
import io.waybill.core.idempotency.Fingerprint;
import io.waybill.core.idempotency.Intent;
import io.waybill.core.idempotency.UseCase;
import io.waybill.core.port.Outage;
import io.waybill.core.port.Ports;
import io.waybill.core.port.ProjectStore.RoomRequest;
import io.waybill.core.port.TaskStore.TaskProgress;
import io.waybill.core.port.Transaction;
import io.waybill.core.project.UploadRoom;
import io.waybill.core.upload.Answer;
import io.waybill.core.upload.AnswerLimit;
import io.waybill.core.upload.LastError;
import io.waybill.core.upload.Limits;
import io.waybill.core.upload.NewTask;
import io.waybill.core.upload.Progress;
import io.waybill.core.upload.Session;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Starts uploads: the only public way. Rows first, then storage, then the upload ids; a call that
 * dies in between is finished by the same call repeated, or by a worker.
 */
public final class CreateUploadTask {

  private final Ports ports;
  private final Limits limits;
  private final Chronicle chronicle;
  private final Initiation initiation;
  private final FirstUrls firstUrls;

  public CreateUploadTask(Ports ports, Limits limits) {
    this.ports = ports;
    this.limits = limits;
    this.chronicle = new Chronicle(ports.ids());
    this.initiation = new Initiation(ports, chronicle);
    this.firstUrls = new FirstUrls(ports, chronicle);
  }

  /** What the first transaction found: a task to go on with, or an answer to give again. */
  private sealed interface Begun {
    record Accepted(TaskDraft draft) implements Begun {}

    record Remembered(Answer.Task answer) implements Begun {}
  }

  public Verdict<Answer.Task> handle(
      Caller caller, Intent intent, NewTask request, AnswerLimit limit) {
    List<FieldError> errors = NewTaskRules.check(request, limits);
    if (!errors.isEmpty()) {
      return Verdict.refused(Refusal.invalid(errors));
    }
    Once<Answer.Task> once =
        Once.of(UseCase.CREATE_TASK, Answer.Task.class, caller, intent, fingerprint(request));
    return RoomRules.source(caller, request)
        .then(ok -> authorize(caller, request))
        .then(ok -> begin(caller, once, request, limit))
        .then(begun -> {
          once.committed();
          return switch (begun) {
            case Begun.Accepted(TaskDraft draft) -> initiate(caller, once, request, draft, limit);
            case Begun.Remembered(Answer.Task answer) -> signAgain(caller, request, answer, limit);
          };
        });
  }

  private Verdict<Resource> authorize(Caller caller, NewTask request) {
    Instant now = ports.now();
    Resource project = Resource.project(caller.identity().tenantId(), request.projectId());
    return Authorizer.allows(caller.identity(), Permission.DATASET_UPLOAD, project, now)
        ? Verdict.ok(project)
        : Gate.pass(
            caller.identity(), Permission.UPLOAD_CREATE, project, now, ErrorCode.PROJECT_NOT_FOUND);
  }

  private Verdict<Begun> begin(
      Caller caller, Once<Answer.Task> once, NewTask request, AnswerLimit limit) {
    Instant now = ports.now();
    UUID taskId = ports.ids().next();
    return ports
        .work()
        .write(tx ->
            once.claim(
                tx,
                taskId,
                now,
                answer -> Verdict.ok(new Begun.Remembered(answer)),
                created ->
                    created.isPresent()
                        ? Verdict.ok(goOn(tx, caller, request, created.get()))
                        : accept(tx, caller, taskId, request, limit, now)));
  }

  /** A call that was cut off has made this task; this call goes on with it. */
  private static Begun goOn(Transaction tx, Caller caller, NewTask request, UUID taskId) {
    return new Begun.Accepted(load(tx, caller, request.projectId(), taskId));
  }

  private static TaskDraft load(Transaction tx, Caller caller, UUID projectId, UUID taskId) {
    TaskProgress found =
        tx.tasks().find(caller.identity().tenantId(), projectId, taskId).orElseThrow();
    return new TaskDraft(found.task(), found.progress().stream().map(Progress::session).toList());
  }

  private Verdict<Begun> accept(
      Transaction tx, Caller caller, UUID taskId, NewTask request, AnswerLimit limit, Instant now) {
    Optional<UploadRoom> room = tx.projects().uploadRoom(roomRequest(caller, request, now));
    if (room.isEmpty()) {
      return Verdict.refused(ErrorCode.PROJECT_NOT_FOUND, "there is no such project");
    }
    return RoomRules.check(request, room.get(), caller, limits)
        .then(ok -> {
          TaskDraft draft = TaskDraft.of(taskId, request, ok, caller, ports.ids(), now);
          Answer.Task smallest = TaskAnswers.of(draft.task(), draft.sessions(), now);
          if (!limit.fits(smallest)) {
            return Verdict.refused(PresignParts.tooLarge(smallest, limit));
          }
          tx.tasks().create(newTask(caller, draft, ok));
          return Verdict.ok(new Begun.Accepted(draft));
        });
  }

  private static RoomRequest roomRequest(Caller caller, NewTask request, Instant now) {
    boolean device = caller.identity().isDevice();
    return new RoomRequest(
        caller.identity().tenantId(),
        request.projectId(),
        request.storagePolicyId(),
        device ? caller.identity().id() : request.sourceDeviceId(),
        device ? null : request.sourceDeviceCode(),
        now);
  }

  private io.waybill.core.port.TaskStore.NewTask newTask(
      Caller caller, TaskDraft draft, UploadRoom room) {
    Facts facts =
        draft.sessions().stream()
            .map(s -> chronicle.change(s, EventType.TASK_CREATED, caller.origin(), Map.of()))
            .reduce(Facts.NONE, Facts::and);
    return new io.waybill.core.port.TaskStore.NewTask(
        draft.task(),
        draft.initiating(),
        TaskDraft.policyOf(room).storagePolicyId(),
        TaskDraft.policyOf(room).validationRequired(),
        facts);
  }

  /** Asks storage for the uploads that are missing and writes what it said. */
  private Verdict<Answer.Task> initiate(
      Caller caller, Once<Answer.Task> once, NewTask request, TaskDraft draft, AnswerLimit limit) {
    Initiation.Asked asked = initiation.ask(draft.initiating(), caller.origin());
    Instant now = ports.now();
    if (asked.outage().isPresent()) {
      return interrupted(once, asked, asked.outage().get(), now);
    }
    TaskDraft initiated = draft.with(after(draft.sessions(), asked.moves()));
    if (initiated.sessions().stream().allMatch(Session.Failed.class::isInstance)) {
      return refused(once, asked, initiated);
    }
    FirstUrls.Signed signed =
        firstUrls.sign(initiated, asked.moves(), request.presign(), caller.origin(), limit);
    Answer.Task remembered = signed.answer().withoutUrls();
    Set<UUID> winners =
        ports
            .work()
            .commit(tx -> {
              Set<UUID> won = tx.sessions().apply(signed.moves());
              once.remember(tx, remembered, now);
              return won;
            });
    initiation.abortLosers(asked.moves(), winners);
    return winners.size() == signed.moves().size()
        ? Verdict.ok(signed.answer())
        : signAgain(caller, request, remembered, limit);
  }

  /** The sessions after these moves; those without a move as they are. */
  private static List<Session> after(List<Session> sessions, List<Transition> moves) {
    Map<UUID, Session> moved = new HashMap<>();
    moves.forEach(move -> moved.put(move.after().upload().sessionId(), move.after()));
    return sessions.stream()
        .map(session -> moved.getOrDefault(session.upload().sessionId(), session))
        .toList();
  }

  private Verdict<Answer.Task> interrupted(
      Once<Answer.Task> once, Initiation.Asked asked, Outage outage, Instant now) {
    Set<UUID> winners =
        ports
            .work()
            .commit(tx -> {
              once.release(tx, now);
              return asked.moves().isEmpty() ? Set.of() : tx.sessions().apply(asked.moves());
            });
    initiation.abortLosers(asked.moves(), winners);
    return Refusals.storageUnavailable(
        "storage did not answer; the task is kept, and the same key goes on with it",
        outage.retryAfterSeconds());
  }

  private Verdict<Answer.Task> refused(
      Once<Answer.Task> once, Initiation.Asked asked, TaskDraft failed) {
    ports
        .work()
        .commit(tx -> {
          once.discard(tx);
          return tx.sessions().apply(asked.moves());
        });
    LastError error = ((Session.Failed) failed.sessions().getFirst()).error();
    return Verdict.refused(
        Refusal.of(ErrorCode.STORAGE_REFUSED, error.message())
            .with("task_id", failed.task().taskId().toString()));
  }

  /** A repeated create: URLs are never stored, so they are signed anew, where states allow it. */
  private Verdict<Answer.Task> signAgain(
      Caller caller, NewTask request, Answer.Task answer, AnswerLimit limit) {
    if (request.presign() == null) {
      return Verdict.ok(answer);
    }
    return ports
        .work()
        .write(tx -> {
          TaskDraft current = load(tx, caller, answer.projectId(), answer.taskId());
          FirstUrls.Signed signed =
              firstUrls.sign(current, List.of(), request.presign(), caller.origin(), limit);
          for (Transition move : signed.moves()) {
            if (move.before().equals(move.after())) {
              tx.events().append(move.facts());
            } else {
              tx.sessions().apply(List.of(move));
            }
          }
          return Verdict.ok(FirstUrls.merge(answer, signed.answer()));
        });
  }

  private static Fingerprint fingerprint(NewTask task) {
    Fingerprint print =
        Fingerprint.of(UseCase.CREATE_TASK)
            .add(task.projectId())
            .add(task.taskName())
            .add(task.taskInitiator())
            .add(task.sourceDeviceId())
            .add(task.sourceDeviceCode())
            .add(task.storagePolicyId())
            .add(task.metadata())
            .add(task.objects().size());
    for (NewTask.File file : task.objects()) {
      print
          .add(file.datasetName())
          .add(file.objectName())
          .add(file.fileSizeBytes())
          .add(file.contentType())
          .add(file.partSizeBytes())
          .add(file.checksumSha256())
          .add(file.metadata());
    }
    return print;
  }
}
