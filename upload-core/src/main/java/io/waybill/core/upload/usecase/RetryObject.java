package io.waybill.core.upload.usecase;

import io.waybill.core.ErrorCode;
import io.waybill.core.Refusal;
import io.waybill.core.Verdict;
import io.waybill.core.access.Caller;
import io.waybill.core.access.Gate;
import io.waybill.core.access.Permission;
import io.waybill.core.event.Facts;
import io.waybill.core.idempotency.Fingerprint;
import io.waybill.core.idempotency.IntentCommand;
import io.waybill.core.idempotency.IntentCommand.Begun;
import io.waybill.core.idempotency.Once;
import io.waybill.core.idempotency.Remembered;
import io.waybill.core.idempotency.RequestKey;
import io.waybill.core.project.StoragePolicy;
import io.waybill.core.upload.Answer;
import io.waybill.core.upload.Limits;
import io.waybill.core.upload.Owner;
import io.waybill.core.upload.Progress;
import io.waybill.core.upload.RoomStore.RoomRequest;
import io.waybill.core.upload.Session;
import io.waybill.core.upload.TaskObject;
import io.waybill.core.upload.TaskStore.TaskProgress;
import io.waybill.core.upload.Transition;
import io.waybill.core.upload.Upload;
import io.waybill.core.upload.UploadEvent;
import io.waybill.core.upload.UploadStores;
import io.waybill.core.upload.UploadTask;
import io.waybill.core.work.Ports;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Gives a failed, aborted or expired object a new session, with a key of its own. */
public final class RetryObject {

  public static final Remembered<Answer.TaskObject> REMEMBERED =
      new Remembered<>(
          "RETRY_OBJECT", Answer.TaskObject.class, object -> object.withPresigned(null));

  private static final Refusal NO_SUCH_OBJECT =
      Refusal.of(ErrorCode.UPLOAD_OBJECT_NOT_FOUND, "there is no such upload object");

  private final Ports<? extends UploadStores> ports;
  private final Limits limits;
  private final Chronicle chronicle;
  private final Initiation initiation;

  public RetryObject(Ports<? extends UploadStores> ports, Limits limits) {
    this.ports = ports;
    this.limits = limits;
    this.chronicle = new Chronicle(ports.ids());
    this.initiation = new Initiation(ports, chronicle);
  }

  /**
   * Which object of which task.
   *
   * @param projectId in which the caller looks for it; null for wherever it is
   */
  public record Request(@Nullable UUID projectId, UUID taskId, UUID objectId) {
    public Request(UUID taskId, UUID objectId) {
      this(null, taskId, objectId);
    }

    private boolean isAbout(UploadTask task) {
      return projectId == null || projectId.equals(task.projectId());
    }
  }

  /** The object with its current session. */
  private record Current(TaskObject object, Session session) {}

  public Verdict<Answer.TaskObject> handle(Caller caller, RequestKey requestKey, Request request) {
    Once<UploadStores, Answer.TaskObject> once =
        Once.of(
            REMEMBERED,
            caller,
            requestKey,
            Fingerprint.of(REMEMBERED).add(request.taskId()).add(request.objectId()));
    return IntentCommand.walk(
        ports,
        once,
        () -> begin(caller, once, request),
        current -> initiation.open(once, caller.origin(), new Retried(current)));
  }

  private Verdict<Begun<Current, Answer.TaskObject>> begin(
      Caller caller, Once<UploadStores, Answer.TaskObject> once, Request request) {
    Instant now = ports.now();
    UUID newSessionId = ports.ids().next();
    return ports
        .work()
        .write(tx ->
            find(tx, caller, request, now)
                .then(current ->
                    once.claim(
                        tx,
                        newSessionId,
                        now,
                        IntentCommand::finished,
                        created ->
                            (created.isPresent()
                                    ? Verdict.ok(current)
                                    : retry(tx, caller, current, newSessionId, now))
                                .then(IntentCommand::working))));
  }

  /** The object with its current session, for who may retry it. */
  private static Verdict<Current> find(
      UploadStores tx, Caller caller, Request request, Instant now) {
    UUID tenantId = caller.identity().tenantId();
    Optional<TaskProgress> found =
        tx.tasks().lockObject(tenantId, request.taskId(), request.objectId());
    if (found.isEmpty() || !request.isAbout(found.get().task())) {
      return notFound();
    }
    List<TaskObject> objects = found.get().task().objects();
    for (int i = 0; i < objects.size(); i++) {
      if (objects.get(i).objectId().equals(request.objectId())) {
        return admit(caller, objects.get(i), found.get().progress().get(i), now);
      }
    }
    return notFound();
  }

  private static Verdict<Current> admit(
      Caller caller, TaskObject object, Progress progress, Instant now) {
    Session session = progress.session();
    Owner owner = session.upload().owner();
    if (!SessionGate.mayMeet(caller.identity(), owner)) {
      return notFound();
    }
    return Gate.pass(
            caller.identity(),
            Permission.UPLOAD_RETRY,
            session.upload().resource(),
            now,
            NO_SUCH_OBJECT)
        .map(ok -> new Current(object, session));
  }

  private static <T> Verdict<T> notFound() {
    return Verdict.refused(NO_SUCH_OBJECT);
  }

  private Verdict<Current> retry(
      UploadStores tx, Caller caller, Current current, UUID sessionId, Instant now) {
    Session previous = current.session();
    return switch (previous.asOf(now)) {
      case Session.Failed s -> renew(tx, caller, current, sessionId, now);
      case Session.Aborted s -> renew(tx, caller, current, sessionId, now);
      case Session.Expired expired -> {
        Session.Aborting cleanup = expired.abort("the object is retried", now);
        Transition move =
            chronicle.moved(
                previous, cleanup, UploadEvent.ABORT_REQUESTED, caller.origin(), Map.of());
        tx.sessions().apply(List.of(move));
        yield renew(tx, caller, current, sessionId, now);
      }
      case Session.Initiating s -> Refusals.illegal("retry the object of", s);
      case Session.Open s -> Refusals.illegal("retry the object of", s);
      case Session.Completing s -> Refusals.illegal("retry the object of", s);
      case Session.Completed s -> Refusals.illegal("retry the object of", s);
      case Session.Aborting s -> Refusals.aborting(s, now.plusSeconds(5), now);
    };
  }

  private Verdict<Current> renew(
      UploadStores tx, Caller caller, Current current, UUID sessionId, Instant now) {
    Owner owner = current.session().upload().owner();
    RoomRequest room =
        new RoomRequest(owner.tenantId(), owner.projectId(), null, owner.sourceDeviceId(), now);
    long bytes = current.session().upload().plan().fileSizeBytes();
    return RoomRules.checkRetry(tx.rooms().find(room).orElseThrow(), bytes, limits)
        .then(ok -> Backpressure.check(ok, ports.store(), Backpressure.where(current.session())))
        .then(ok -> Filling.again(tx, owner, now))
        .map(ok -> replace(tx, caller, current, sessionId, now));
  }

  private Current replace(
      UploadStores tx, Caller caller, Current current, UUID sessionId, Instant now) {
    Session previous = current.session();
    Owner owner = previous.upload().owner();
    StoragePolicy policy =
        tx.policies().ofSession(owner.tenantId(), previous.upload().sessionId()).orElseThrow();
    TaskObject object = current.object().retriedAs(sessionId);
    Session.Initiating next =
        TaskDraft.again(object, previous.upload(), Terms.of(policy, limits), now);
    Facts facts =
        chronicle.change(
            next,
            UploadEvent.OBJECT_RETRIED,
            caller.origin(),
            Map.of(
                "previous_session_id", previous.upload().sessionId().toString(),
                "retry_count", object.retryCount()));
    tx.tasks().retry(object.objectId(), previous, next, facts);
    return new Current(object, next);
  }

  /** The new session, on its way to storage. */
  private final class Retried implements NewSessions<Answer.TaskObject> {

    private final Current current;

    private Retried(Current current) {
      this.current = current;
    }

    @Override
    public List<Session.Initiating> initiating() {
      return current.session() instanceof Session.Initiating session ? List.of(session) : List.of();
    }

    @Override
    public Opened<Answer.TaskObject> after(List<Transition> moves) {
      Session session = moves.isEmpty() ? current.session() : moves.getFirst().after();
      return new Opened<>(answer(current.object(), session), moves);
    }

    @Override
    public Retried asTheyAre() {
      Upload upload = current.session().upload();
      Session now =
          ports
              .work()
              .read(tx -> tx.sessions().find(upload.owner().tenantId(), upload.sessionId()))
              .orElseThrow();
      return new Retried(new Current(current.object(), now));
    }

    @Override
    public String kept() {
      return "the same key goes on with the retry";
    }
  }

  /** A session that storage never opened is no retry; one that failed later is. */
  private Verdict<Answer.TaskObject> answer(TaskObject object, Session session) {
    return session instanceof Session.Failed failed && failed.uploadId() == null
        ? Verdict.refused(Refusal.of(ErrorCode.STORAGE_REFUSED, failed.error().message()))
        : Verdict.ok(TaskAnswers.of(object, session, ports.now()));
  }
}
