package io.waybill.testkit.growth;

import io.waybill.core.app.Stores;
import io.waybill.core.dataset.VerifiedChecksums.Content;
import io.waybill.core.event.Facts;
import io.waybill.core.idempotency.ClaimRequest;
import io.waybill.core.idempotency.Remembered;
import io.waybill.core.idempotency.Scope;
import io.waybill.core.upload.RateStore;
import io.waybill.core.upload.RoomStore.RoomRequest;
import io.waybill.core.upload.Session;
import io.waybill.core.upload.TaskStore.NewTask;
import io.waybill.core.upload.UploadEvent;
import io.waybill.core.upload.UploadPart;
import io.waybill.testkit.contract.Ids;
import io.waybill.testkit.contract.Uploads;
import io.waybill.testkit.contract.World;
import io.waybill.testkit.growth.Crowd.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/** What create, presign and acknowledge ask of the stores, in the order in which they ask it. */
final class UploadCalls {
  private static final Duration LEASE = Duration.ofSeconds(30);
  private static final Duration LATER = Duration.ofDays(1);
  private static final int A_MINUTE = 1_000_000;

  private final World world;
  private final UUID tenant;
  private final UUID crowdDataset;
  private final Map<String, Consumer<Stores>> calls = new LinkedHashMap<>();
  private NewTask task;
  private Session session;

  UploadCalls(Crowd crowd) {
    this.world = crowd.world();
    this.tenant = world.tenantId();
    this.crowdDataset = crowd.id(Kind.DATASET, 500);
    this.task = newTask();
    this.session = task.sessions().getFirst();
  }

  Map<String, Consumer<Stores>> all() {
    create();
    presign();
    acknowledge();
    return calls;
  }

  private void create() {
    UUID project = world.project().projectId();
    UUID robot = world.robot().id();
    Scope[] scope = {scope()};
    calls.put(
        "create: claim its key",
        tx -> {
          scope[0] = scope();
          tx.idempotency().claim(claim(scope[0]));
        });
    calls.put(
        "create: what there is room for",
        tx -> tx.rooms().find(new RoomRequest(tenant, project, null, robot, Instant.now())));
    calls.put(
        "create: datasets that are there",
        tx -> tx.datasets().lockForUpload(tenant, project, Set.of(crowdDataset), Instant.now()));
    Content many = new Content("5e".repeat(32), 10_485_760);
    Content none = new Content("5f".repeat(32), 10_485_760);
    calls.put(
        "create: twins of its files",
        tx -> tx.verifiedChecksums().twins(tenant, project, "default", Set.of(many, none)));
    calls.put("create: write it", tx -> write(tx));
    calls.put(
        "create: load it",
        tx -> tx.tasks().find(tenant, world.strict().projectId(), task.task().taskId()));
    calls.put(
        "create: move it on",
        tx -> {
          write(tx);
          Session before = session;
          session = task.sessions().getFirst().initiated("upload-1", Instant.now().plus(LATER));
          tx.sessions().apply(List.of(Uploads.move(before, session, UploadEvent.INITIATED)));
        });
    calls.put(
        "create: remember its answer",
        tx -> tx.idempotency().remember(scope[0], ANSWER, new Kept("x"), Instant.now()));
  }

  /** An answer that is remembered. */
  public record Kept(String word) {}

  private static final Remembered<Kept> ANSWER = new Remembered<>("CREATE_TASK", Kept.class);

  private Scope scope() {
    return new Scope(tenant, world.robot().actor(), Ids.next().toString());
  }

  private static ClaimRequest<Kept> claim(Scope scope) {
    Instant now = Instant.now();
    return new ClaimRequest<>(
        scope,
        ANSWER,
        "c".repeat(64),
        Ids.next(),
        null,
        now,
        now.plus(LEASE),
        now.plus(Duration.ofDays(1)));
  }

  /** In a project beside, where it is never due: the lists stay as they are. */
  private NewTask newTask() {
    return Uploads.task(world, world.strict(), world.policy(), 1, Instant.now().plus(LATER));
  }

  private void write(Stores tx) {
    task = newTask();
    session = task.sessions().getFirst();
    tx.tasks().create(task);
  }

  private void presign() {
    List<RateStore.Wanted> wanted =
        List.of(
            new RateStore.Wanted(tenant, A_MINUTE, 1),
            new RateStore.Wanted(world.robot().id(), A_MINUTE, 1));
    calls.put("presign: rates", tx -> tx.rates().lease(wanted, Instant.now()));
    calls.put("presign: the session", tx -> tx.sessions().findUnderPolicy(tenant, sessionId()));
    calls.put(
        "presign: note it",
        tx ->
            tx.events()
                .append(
                    Facts.of(
                        Uploads.presigned(session, List.of(1), Instant.now(), Instant.now()))));
  }

  private UUID sessionId() {
    return session.upload().sessionId();
  }

  private void acknowledge() {
    calls.put("acknowledge: the session", tx -> tx.sessions().find(tenant, sessionId()));
    calls.put("acknowledge: write it", tx -> tx.parts().acknowledge(sessionId(), parts(), facts()));
    calls.put("acknowledge: the session, locked", tx -> tx.sessions().lock(tenant, sessionId()));
  }

  private Facts facts() {
    return Uploads.facts(session, UploadEvent.PART_ACKNOWLEDGED, Instant.now());
  }

  private static List<UploadPart> parts() {
    return List.of(UploadPart.acknowledged(1, "\"e\"", 1, null, Instant.now()));
  }
}
