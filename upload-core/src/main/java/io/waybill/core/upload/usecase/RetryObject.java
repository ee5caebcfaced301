package io.waybill.core.upload.usecase;

import io.waybill.core.ErrorCode;
import io.waybill.core.Refusal;
import io.waybill.core.Verdict;
import io.waybill.core.access.Caller;
import io.waybill.core.access.Permission;
import io.waybill.core.access.Resource;
import io.waybill.core.event.EventType;
import io.waybill.core.event.Facts;
import io.waybill.core.idempotency.Fingerprint;
import io.waybill.core.idempotency.Intent;
import io.waybill.core.idempotency.UseCase;
import io.waybill.core.port.Ports;
import io.waybill.core.port.TaskStore.TaskProgress;
import io.waybill.core.port.Transaction;
import io.waybill.core.project.StoragePolicy;
import io.waybill.core.upload.Answer;
import io.waybill.core.upload.Owner;
import io.waybill.core.upload.Progress;
import io.waybill.core.upload.Session;
import io.waybill.core.upload.TaskObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Gives a failed, aborted or expired object a new session, with a key of its own. */
public final class RetryObject {

  private final Ports ports;
  private final Chronicle chronicle;
  private final Initiation initiation;

  public RetryObject(Ports ports) {
    this.ports = ports;
    this.chronicle = new Chronicle(ports.ids());
    this.initiation = new Initiation(ports, chronicle);
  }

  /** Which object of which task. */
  public record Request(UUID taskId, UUID objectId) {}

  private sealed interface Begun {
    record Working(TaskObject object, Session session) implements Begun {}

    record Finished(Answer.TaskObject answer) implements Begun {}
  }

  public Verdict<Answer.TaskObject> handle(Caller caller, Intent intent, Request request) {
    Once<Answer.TaskObject> once =
        Once.of(
            UseCase.RETRY_OBJECT,
            Answer.TaskObject.class,
            caller,
            intent,
            Fingerprint.of(UseCase.RETRY_OBJECT).add(request.taskId()).add(request.objectId()));
    return begin(caller, once, request)
        .then(begun ->
            switch (begun) {
              case Begun.Finished(Answer.TaskObject answer) -> Verdict.ok(answer);
              case Begun.Working working -> initiate(caller, once, working);
            });
  }

  private Verdict<Begun> begin(Caller caller, Once<Answer.TaskObject> once, Request request) {
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
                        answer -> Verdict.ok(new Begun.Finished(answer)),
                        created ->
                            created.isPresent()
                                ? goOn(current)
                                : retry(tx, caller, current, newSessionId, now))));
  }

  private static Verdict<Begun> goOn(Begun.Working current) {
    return Verdict.ok(current);
  }

  /** The object with its current session, for who may retry it. */
  private static Verdict<Begun.Working> find(
      Transaction tx, Caller caller, Request request, Instant now) {
    UUID tenantId = caller.identity().tenantId();
    Optional<TaskProgress> found =
        tx.tasks().lockObject(tenantId, request.taskId(), request.objectId());
    if (found.isEmpty()) {
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

  private static Verdict<Begun.Working> admit(
      Caller caller, TaskObject object, Progress progress, Instant now) {
    Session session = progress.session();
    Owner owner = session.upload().owner();
    if (!Gate.mayMeet(caller.identity(), owner)) {
      return notFound();
    }
    return Gate.pass(
            caller.identity(),
            Permission.UPLOAD_RETRY,
            Resource.session(owner, session.upload().sessionId()),
            now,
            ErrorCode.UPLOAD_OBJECT_NOT_FOUND)
        .map(ok -> new Begun.Working(object, session));
  }

  private static <T> Verdict<T> notFound() {
    return Verdict.refused(ErrorCode.UPLOAD_OBJECT_NOT_FOUND, "there is no such upload object");
  }

  private Verdict<Begun> retry(
      Transaction tx, Caller caller, Begun.Working current, UUID sessionId, Instant now) {
    Session previous = current.session();
    return switch (previous.asOf(now)) {
      case Session.Failed s -> renew(tx, caller, current, sessionId, now);
      case Session.Aborted s -> renew(tx, caller, current, sessionId, now);
      case Session.Expired expired -> {
        Session.Aborting cleanup = expired.abort("the object is retried", now);
        tx.sessions()
            .apply(
                List.of(
                    chronicle.moved(
                        previous, cleanup, EventType.ABORTING, caller.origin(), Map.of())));
        yield renew(tx, caller, current, sessionId, now);
      }
      case Session.Initiating s -> Refusals.illegal("retry the object of", s);
      case Session.Open s -> Refusals.illegal("retry the object of", s);
      case Session.Completing s -> Refusals.illegal("retry the object of", s);
      case Session.Completed s -> Refusals.illegal("retry the object of", s);
      case Session.Aborting s -> Refusals.aborting(s, now.plusSeconds(5), now);
    };
  }

  private Verdict<Begun> renew(
      Transaction tx, Caller caller, Begun.Working current, UUID sessionId, Instant now) {
    Session previous = current.session();
    Owner owner = previous.upload().owner();
    StoragePolicy policy =
        tx.projects().policyOf(owner.tenantId(), previous.upload().sessionId()).orElseThrow();
    TaskObject object = current.object().retriedAs(sessionId);
    Session.Initiating next =
        TaskDraft.session(owner, object, previous.upload().plan(), policy, now);
    Facts facts =
        chronicle.change(
            next,
            EventType.OBJECT_RETRIED,
            caller.origin(),
            Map.of(
                "previous_session_id", previous.upload().sessionId().toString(),
                "retry_count", object.retryCount()));
    tx.tasks().retry(object.objectId(), previous, next, facts);
    return Verdict.ok(new Begun.Working(object, next));
  }

  private Verdict<Answer.TaskObject> initiate(
      Caller caller, Once<Answer.TaskObject> once, Begun.Working working) {
    once.committed();
    if (!(working.session() instanceof Session.Initiating initiating)) {
      return remembered(once, TaskAnswers.of(working.object(), working.session(), ports.now()));
    }
    Initiation.Asked asked = initiation.ask(List.of(initiating), caller.origin());
    Instant now = ports.now();
    if (asked.outage().isPresent()) {
      ports
          .work()
          .write(tx -> {
            once.release(tx, now);
            return Verdict.ok(once);
          });
      return Refusals.storageUnavailable(
          "storage did not answer; the same key goes on with the retry",
          asked.outage().get().retryAfterSeconds());
    }
    Session after = asked.moves().getFirst().after();
    Answer.TaskObject answer = TaskAnswers.of(working.object(), after, now);
    Verdict<Boolean> won =
        ports
            .work()
            .write(tx -> {
              boolean mine = !tx.sessions().apply(asked.moves()).isEmpty();
              settle(tx, once, answer, after, now);
              return Verdict.ok(mine);
            });
    if (won instanceof Verdict.Ok<Boolean>(Boolean mine) && !mine) {
      initiation.abortLosers(asked.moves(), java.util.Set.of());
    }
    return after instanceof Session.Failed failed
        ? Verdict.refused(Refusal.of(ErrorCode.STORAGE_REFUSED, failed.error().message()))
        : Verdict.ok(answer);
  }

  private static void settle(
      Transaction tx,
      Once<Answer.TaskObject> once,
      Answer.TaskObject answer,
      Session after,
      Instant now) {
    if (after instanceof Session.Failed) {
      once.discard(tx);
    } else {
      once.remember(tx, answer, now);
    }
  }

  /** A worker was faster than this repeated call. */
  private Verdict<Answer.TaskObject> remembered(
      Once<Answer.TaskObject> once, Answer.TaskObject answer) {
    return ports
        .work()
        .write(tx -> {
          once.remember(tx, answer, ports.now());
          return Verdict.ok(answer);
        });
  }
}
