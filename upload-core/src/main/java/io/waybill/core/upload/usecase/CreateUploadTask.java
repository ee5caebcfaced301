package io.waybill.core.upload.usecase;

import io.waybill.core.ErrorCode;
import io.waybill.core.FieldError;
import io.waybill.core.Refusal;
import io.waybill.core.Verdict;
import io.waybill.core.access.Authorizer;
import io.waybill.core.access.Caller;
import io.waybill.core.access.Gate;
import io.waybill.core.access.Identity;
import io.waybill.core.access.Permission;
import io.waybill.core.access.Resource;
import io.waybill.core.access.ResourceKind;
import io.waybill.core.event.Facts;
import io.waybill.core.idempotency.IntentCommand;
import io.waybill.core.idempotency.Once;
import io.waybill.core.idempotency.Remembered;
import io.waybill.core.idempotency.RequestKey;
import io.waybill.core.project.MetadataSchemas;
import io.waybill.core.project.ProjectGate;
import io.waybill.core.upload.Answer;
import io.waybill.core.upload.AnswerLimit;
import io.waybill.core.upload.LastError;
import io.waybill.core.upload.Limits;
import io.waybill.core.upload.NewTask;
import io.waybill.core.upload.RoomStore.RoomRequest;
import io.waybill.core.upload.Session;
import io.waybill.core.upload.Transition;
import io.waybill.core.upload.UploadEvent;
import io.waybill.core.upload.UploadRoom;
import io.waybill.core.upload.UploadStores;
import io.waybill.core.work.Ports;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Starts uploads: the only public way. Rows first, then storage, then the upload ids; a call that
 * dies in between is finished by the same call repeated, or by a worker.
 */
public final class CreateUploadTask {

  public static final Remembered<Answer.Task> REMEMBERED =
      new Remembered<>("CREATE_TASK", Answer.Task.class, Answer.Task::withoutUrls);

  private final Ports<? extends UploadStores> ports;
  private final Limits limits;
  private final SchemaRule schemaRule;
  private final Chronicle chronicle;
  private final Initiation initiation;
  private final FirstUrls firstUrls;
  private final PresignRates rates;

  CreateUploadTask(
      Ports<? extends UploadStores> ports,
      Limits limits,
      MetadataSchemas schemas,
      PresignRates rates) {
    this.ports = ports;
    this.limits = limits;
    this.schemaRule = new SchemaRule(schemas);
    this.chronicle = new Chronicle(ports.ids());
    this.initiation = new Initiation(ports, chronicle);
    this.firstUrls = new FirstUrls(ports, chronicle);
    this.rates = rates;
  }

  /** One call on its way. */
  private record Call(
      Caller caller, Once<UploadStores, Answer.Task> once, NewTask request, AnswerLimit limit) {

    UUID tenantId() {
      return caller.identity().tenantId();
    }
  }

  /** What the first transaction found. */
  private sealed interface Found {
    /** A task to go on with. */
    record Accepted(TaskDraft draft) implements Found {}

    /** An answer to give again, with new URLs. */
    record Remembered(Answer.Task answer) implements Found {}
  }

  public Verdict<Answer.Task> handle(
      Caller caller, RequestKey requestKey, NewTask request, AnswerLimit limit) {
    List<FieldError> errors = NewTaskRules.check(request, limits);
    if (!errors.isEmpty()) {
      return Verdict.refused(Refusal.invalid(errors));
    }
    Once<UploadStores, Answer.Task> once =
        Once.of(REMEMBERED, caller, requestKey, TaskFingerprint.of(request));
    Call call = new Call(caller, once, request, limit);
    return IntentCommand.walk(
        ports,
        once,
        () ->
            RoomRules.source(caller, request)
                .then(ok -> authorize(call))
                .then(ok -> urlsAllowed(call))
                .then(ok -> begin(call))
                .then(IntentCommand::working),
        found -> goOn(call, found));
  }

  private Verdict<Answer.Task> goOn(Call call, Found found) {
    return switch (found) {
      case Found.Accepted(TaskDraft draft) ->
          initiation.open(call.once(), call.caller().origin(), new Drafted(call, draft));
      case Found.Remembered(Answer.Task answer) -> answerAgain(call, answer);
    };
  }

  private Verdict<Resource> authorize(Call call) {
    Instant now = ports.now();
    Identity identity = call.caller().identity();
    Resource project = Resource.project(identity.tenantId(), call.request().projectId());
    return Authorizer.allows(identity, Permission.DATASET_UPLOAD, project, now)
        ? Verdict.ok(project)
        : ProjectGate.pass(
            ports, identity, Permission.UPLOAD_CREATE, call.request().projectId(), now);
  }

  /** A create that wants URLs, the first or a repeated one, is one request for URLs. */
  private Verdict<Identity> urlsAllowed(Call call) {
    Identity identity = call.caller().identity();
    return call.request().presign() == null ? Verdict.ok(identity) : rates.take(identity);
  }

  private Verdict<Found> begin(Call call) {
    Instant now = ports.now();
    UUID taskId = ports.ids().next();
    return ports
        .work()
        .write(tx ->
            call.once()
                .claim(
                    tx,
                    taskId,
                    now,
                    answer -> Verdict.ok(new Found.Remembered(answer)),
                    created ->
                        created.isPresent()
                            ? Verdict.ok(new Found.Accepted(load(tx, call, created.get())))
                            : accept(tx, call, taskId, now)));
  }

  private static TaskDraft load(UploadStores tx, Call call, UUID taskId) {
    return TaskDraft.load(tx, call.tenantId(), call.request().projectId(), taskId);
  }

  private Verdict<Found> accept(UploadStores tx, Call call, UUID taskId, Instant now) {
    RoomRequest asked = roomRequest(call, now);
    Optional<UploadRoom> room = tx.rooms().find(asked);
    if (room.isEmpty()) {
      return Gate.missing(ResourceKind.PROJECT);
    }
    UploadRoom seen = new Sight(tx, call.caller().identity()).of(room.get(), asked);
    return RoomRules.check(call.request(), seen, call.caller(), limits)
        .then(ok -> Backpressure.check(ok, ports.store(), ok.terms().policy().endpointRef()))
        .then(ok -> schemaRule.check(call.request(), ok))
        .then(ok -> Filling.of(tx, call.caller().identity(), call.request(), now).map(ok::filling))
        .map(ok -> ok.copying(Twins.of(tx, call.tenantId(), call.request(), ok.terms().policy())))
        .then(ok -> {
          TaskDraft draft =
              TaskDraft.of(taskId, call.request(), ok, call.caller(), ports.ids(), now);
          Answer.Task smallest = TaskAnswers.of(draft.task(), draft.sessions(), now);
          if (!call.limit().fits(smallest)) {
            return Verdict.refused(PresignParts.tooLarge(smallest, call.limit()));
          }
          tx.tasks().create(draft.written(ok, facts(draft, call)));
          return Verdict.ok(new Found.Accepted(draft));
        });
  }

  private static RoomRequest roomRequest(Call call, Instant now) {
    NewTask request = call.request();
    boolean device = call.caller().identity().isDevice();
    return new RoomRequest(
        call.tenantId(),
        request.projectId(),
        request.storagePolicyId(),
        device ? call.caller().identity().id() : request.sourceDeviceId(),
        now);
  }

  private Facts facts(TaskDraft draft, Call call) {
    return draft.sessions().stream()
        .map(s -> chronicle.change(s, UploadEvent.TASK_CREATED, call.caller().origin(), Map.of()))
        .reduce(Facts.NONE, Facts::and);
  }

  /** The sessions of the new task, on their way to storage. */
  private final class Drafted implements NewSessions<Answer.Task> {

    private final Call call;
    private final TaskDraft draft;

    private Drafted(Call call, TaskDraft draft) {
      this.call = call;
      this.draft = draft;
    }

    @Override
    public List<Session.Initiating> initiating() {
      return draft.initiating();
    }

    @Override
    public Opened<Answer.Task> after(List<Transition> moves) {
      TaskDraft initiated = draft.after(moves);
      FirstUrls.Signed signed =
          firstUrls.sign(
              initiated, moves, call.request().presign(), call.caller().origin(), call.limit());
      return new Opened<>(
          initiated.isRefused() ? refused(initiated) : Verdict.ok(signed.answer()), signed.moves());
    }

    @Override
    public Drafted asTheyAre() {
      UUID taskId = draft.task().taskId();
      return new Drafted(call, ports.work().read(tx -> load(tx, call, taskId)));
    }

    @Override
    public String kept() {
      return "the task is kept, and the same key goes on with it";
    }
  }

  private static Verdict<Answer.Task> refused(TaskDraft failed) {
    LastError error = ((Session.Failed) failed.sessions().getFirst()).error();
    return Verdict.refused(
        Refusal.of(ErrorCode.STORAGE_REFUSED, error.message())
            .with("task_id", failed.task().taskId().toString()));
  }

  /** A repeated create: URLs are never stored, so they are signed anew, where states allow it. */
  private Verdict<Answer.Task> answerAgain(Call call, Answer.Task answer) {
    NewTask.Presign wish = call.request().presign();
    return Verdict.ok(
        wish == null
            ? answer
            : firstUrls.again(answer, call.tenantId(), wish, call.caller().origin(), call.limit()));
  }
}
