package io.waybill.simulator;

import io.waybill.core.Outage;
import io.waybill.core.Verdict;
import io.waybill.core.access.Caller;
import io.waybill.core.event.Facts;
import io.waybill.core.upload.LifecycleEvent;
import io.waybill.core.upload.ObjectStatus;
import io.waybill.core.upload.Session;
import io.waybill.core.upload.SessionStatus;
import io.waybill.core.upload.TaskObject;
import io.waybill.core.upload.TaskStatus;
import io.waybill.core.upload.UploadEvent;
import io.waybill.core.upload.UploadTask;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What must hold after every turn, and what must hold at the end. */
final class Judge {

  private static final int READS_EVERYTHING = 16;

  private final Life life;
  private final Map<UUID, UUID> tenants = new LinkedHashMap<>();
  private final Map<UUID, Session> seen = new HashMap<>();

  /** Upload ids that some row has carried: somebody has to look after those. */
  private final Set<String> carried = new HashSet<>();

  private int lookedAt;

  /** Moves that earlier looks have seen. */
  private int toldOf;

  private int facts;

  Judge(Life life) {
    this.life = life;
  }

  /** A caller was told of a session. */
  void knows(UUID sessionId, Caller caller) {
    tenants.put(sessionId, caller.identity().tenantId());
    if (session(sessionId).isEmpty()) {
      throw new Broken("a caller was told of a session that is not there: " + sessionId);
    }
  }

  void noDefect(Flight.End ended) {
    if (ended instanceof Flight.End.Died(RuntimeException of) && !(of instanceof Outage)) {
      throw new Broken("a defect", of);
    }
  }

  Optional<Session> session(UUID sessionId) {
    UUID tenant = tenants.get(sessionId);
    return tenant == null
        ? Optional.empty()
        : life.rows.read(tx -> tx.sessions().find(tenant, sessionId));
  }

  List<Session> sessions() {
    learn();
    return life.rows.read(tx -> {
      List<Session> all = new ArrayList<>(tenants.size());
      tenants.forEach((id, tenant) -> all.add(tx.sessions().find(tenant, id).orElseThrow()));
      return all;
    });
  }

  /** Sessions are known by what was written of them, whoever was told. */
  private void learn() {
    List<LifecycleEvent> told = life.rows.moves();
    for (; facts < told.size(); facts++) {
      LifecycleEvent event = told.get(facts);
      tenants.putIfAbsent(event.sessionId(), event.owner().tenantId());
    }
  }

  /** What must always hold. */
  void look() {
    if (!life.broker.careless().isEmpty()) {
      throw new Broken(
          "a gateway acknowledged what its death would lose: " + life.broker.careless());
    }
    if (life.rows.commits() == lookedAt) {
      return; // nothing was written
    }
    lookedAt = life.rows.commits();
    life.quota.look();
    for (Session session : sessions()) {
      Session before = seen.put(session.upload().sessionId(), session);
      if (session.equals(before)) {
        continue;
      }
      if (session instanceof Session.Open open) {
        carried.add(open.uploadId());
      }
      legal(before, session);
      told(before, session);
      life.inventory.isWhole(session);
      aggregates(session);
    }
    toldOf = life.rows.moves().size();
  }

  private static void legal(@Nullable Session before, Session after) {
    if (before == null || before.status() == after.status()) {
      return;
    }
    if (!LegalMoves.from(before.status()).contains(after.status())) {
      throw new Broken(
          "%s moved from %s to %s"
              .formatted(after.upload().sessionId(), before.status(), after.status()));
    }
    if (after.upload().version() <= before.upload().version()) {
      throw new Broken(after.upload().sessionId() + " moved without a new version");
    }
  }

  /** The object says what its session says, the task what its objects say. */
  private void aggregates(Session session) {
    var owner = session.upload().owner();
    UploadTask task =
        life.rows.read(tx ->
            tx.tasks()
                .find(owner.tenantId(), owner.projectId(), owner.taskId())
                .orElseThrow()
                .task());
    boolean isCurrent =
        task.objects().stream()
            .anyMatch(object -> object.sessionId().equals(session.upload().sessionId()));
    if (!isCurrent && session instanceof Session.Open) {
      throw new Broken(session.upload().sessionId() + " is open and no object's current session");
    }
    for (TaskObject object : task.objects()) {
      boolean current = object.sessionId().equals(session.upload().sessionId());
      if (current && object.status() != ObjectStatus.of(session)) {
        throw new Broken(
            "%s is %s and its object %s"
                .formatted(object.sessionId(), session.status(), object.status()));
      }
    }
    TaskStatus due = TaskStatus.of(task.objects().stream().map(TaskObject::status).toList());
    if (task.status() != due) {
      throw new Broken(task.taskId() + " is " + task.status() + " and should be " + due);
    }
  }

  /** Every change of a status is told of, in the transaction that made it. */
  private void told(@Nullable Session before, Session after) {
    boolean moved = before != null && before.status() != after.status();
    boolean isTold =
        life.rows.moves().subList(toldOf, life.rows.moves().size()).stream()
            .anyMatch(event -> event.sessionId().equals(after.upload().sessionId()));
    if (moved && !isTold) {
      throw new Broken(after.upload().sessionId() + " moved and no event says so");
    }
  }

  /** A caller was told that it is complete, or over: by then it is written so. */
  void isNow(UUID sessionId, SessionStatus said) {
    SessionStatus stored = session(sessionId).orElseThrow().status();
    if (stored != said) {
      throw new Broken("a caller was told that " + sessionId + " is " + said + ": " + stored);
    }
  }

  /** A robot's requests, however often repeated, have each started one thing at most. */
  void once(UUID deviceId, UploadEvent type, int asked) {
    long done =
        life.rows.moves().stream()
            .filter(event -> event.type() == type)
            .filter(event -> deviceId.equals(event.owner().sourceDeviceId()))
            .count();
    if (done > asked) {
      throw new Broken("%d requests have made %d of %s".formatted(asked, done, type));
    }
  }

  /** Whoever is not of the tenant learns nothing, not even that it exists. */
  void sawNothing(Flight.End end) {
    noDefect(end);
    if (end instanceof Flight.End.Answered(Verdict.Ok<?>(Object shown))) {
      throw new Broken("a stranger was shown " + shown);
    }
  }

  /**
   * Requests that a gateway has acknowledged and begun, and nobody has answered: some gateway has
   * to. A refusal leaves nothing behind, and is told again only to who asks again.
   */
  List<String> owed() {
    return life.broker.unanswered().stream().filter(life.rows::remembers).toList();
  }

  /** Whether what is written is clean and whole: it takes as long as a life, so not in all. */
  private void readsEverything() {
    if (life.dice.oneIn(READS_EVERYTHING)) {
      Facts facts = life.rows.facts();
      Secrets.noneIn(life.rows.rows());
      Secrets.noneIn(facts);
      Sequences.areWhole(facts.outbox());
    }
  }

  /** What must hold when nothing moves any more. */
  void atTheEnd() {
    readsEverything();
    Set<String> open = new HashSet<>(life.objects.openUploads());
    open.retainAll(carried); // one whose id was lost before it was written down: the orphan sweep's
    if (!open.isEmpty()) {
      throw new Broken("uploads are left in the store that nobody looks after: " + open);
    }
    for (Session session : sessions()) {
      switch (session) {
        case Session.Completed _, Session.Aborted _, Session.Failed _ -> {}
        case Session.Initiating _,
            Session.Open _,
            Session.Completing _,
            Session.Expired _,
            Session.Aborting _ ->
            throw new Broken(session.upload().sessionId() + " is left " + session.status());
      }
    }
    life.inventory.atTheEnd(sessions());
  }
}
