package io.waybill.testkit.simulation;

import io.waybill.core.Outage;
import io.waybill.core.access.Caller;
import io.waybill.core.event.Facts;
import io.waybill.core.storage.StoredObject;
import io.waybill.core.upload.LifecycleEvent;
import io.waybill.core.upload.ObjectStatus;
import io.waybill.core.upload.Session;
import io.waybill.core.upload.SessionStatus;
import io.waybill.core.upload.TaskObject;
import io.waybill.core.upload.TaskStatus;
import io.waybill.core.upload.UploadTask;
import java.util.EnumMap;
import java.util.EnumSet;
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

  private static final Map<SessionStatus, Set<SessionStatus>> LEGAL = legal();

  private final Life life;
  private final Map<UUID, UUID> tenants = new LinkedHashMap<>();
  private final Map<UUID, Session> seen = new HashMap<>();

  /** Upload ids that some row has carried: somebody has to look after those. */
  private final Set<String> carried = new HashSet<>();

  private Facts lookedAt = Facts.NONE;
  private int facts;

  Judge(Life life) {
    this.life = life;
  }

  private static Map<SessionStatus, Set<SessionStatus>> legal() {
    Map<SessionStatus, Set<SessionStatus>> moves = new EnumMap<>(SessionStatus.class);
    Set<SessionStatus> fromOpen =
        EnumSet.of(
            SessionStatus.INITIATED,
            SessionStatus.UPLOADING,
            SessionStatus.PAUSED,
            SessionStatus.COMPLETING,
            SessionStatus.COMPLETED,
            SessionStatus.ABORTING,
            SessionStatus.EXPIRED,
            SessionStatus.FAILED);
    moves.put(
        SessionStatus.INITIATING,
        EnumSet.of(SessionStatus.INITIATED, SessionStatus.ABORTING, SessionStatus.FAILED));
    moves.put(SessionStatus.INITIATED, fromOpen);
    moves.put(SessionStatus.UPLOADING, fromOpen);
    moves.put(SessionStatus.PAUSED, fromOpen);
    moves.put(SessionStatus.COMPLETING, fromOpen);
    moves.put(SessionStatus.EXPIRED, fromOpen);
    moves.put(SessionStatus.ABORTING, EnumSet.of(SessionStatus.ABORTED, SessionStatus.COMPLETED));
    moves.put(SessionStatus.FAILED, EnumSet.of(SessionStatus.COMPLETED));
    moves.put(SessionStatus.ABORTED, EnumSet.noneOf(SessionStatus.class));
    moves.put(SessionStatus.COMPLETED, EnumSet.noneOf(SessionStatus.class));
    return moves;
  }

  /** A caller was told of a session. */
  void knows(UUID sessionId, Caller caller) {
    tenants.put(sessionId, caller.identity().tenantId());
    if (session(sessionId).isEmpty()) {
      throw new Broken("a caller was told of a session that is not there: " + sessionId);
    }
  }

  void noDefect(Tape.Stand ended) {
    if (ended instanceof Tape.Stand.Died(RuntimeException of) && !(of instanceof Outage)) {
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
    return tenants.keySet().stream().map(id -> session(id).orElseThrow()).toList();
  }

  /** Sessions are known by what was written of them, whoever was told. */
  private void learn() {
    List<LifecycleEvent> told = life.rows.facts().timeline(LifecycleEvent.class);
    for (; facts < told.size(); facts++) {
      LifecycleEvent event = told.get(facts);
      tenants.putIfAbsent(event.sessionId(), event.owner().tenantId());
    }
  }

  /** What must always hold. */
  @SuppressWarnings("ReferenceEquality") // facts that are the same are those of no new commit
  void look() {
    if (life.rows.facts() == lookedAt) {
      return; // nothing was written
    }
    lookedAt = life.rows.facts();
    for (Session session : sessions()) {
      Session before = seen.put(session.upload().sessionId(), session);
      if (before != null && before.equals(session)) {
        continue;
      }
      if (session instanceof Session.Open open) {
        carried.add(open.uploadId());
      }
      legal(before, session);
      whole(session);
      aggregates(session);
    }
  }

  private static void legal(@Nullable Session before, Session after) {
    if (before == null || before.status() == after.status()) {
      return;
    }
    Set<SessionStatus> moves = LEGAL.get(before.status());
    if (moves == null || !moves.contains(after.status())) {
      throw new Broken(
          "%s moved from %s to %s"
              .formatted(after.upload().sessionId(), before.status(), after.status()));
    }
    if (after.upload().version() <= before.upload().version()) {
      throw new Broken(after.upload().sessionId() + " moved without a new version");
    }
  }

  /** COMPLETED exactly when the object is there, with the size that was promised. */
  private void whole(Session session) {
    Optional<StoredObject> object = life.objects.head(session.upload().location());
    if (session instanceof Session.Completed
        && object.map(StoredObject::sizeBytes).orElse(-1L)
            != session.upload().plan().fileSizeBytes()) {
      throw new Broken(session.upload().sessionId() + " is COMPLETED and storage has " + object);
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
    for (TaskObject object : task.objects()) {
      boolean current = object.sessionId().equals(session.upload().sessionId());
      if (current && object.status() != ObjectStatus.of(session.status())) {
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

  /** What must hold when nothing moves any more. */
  void atTheEnd() {
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
      boolean there = life.objects.head(session.upload().location()).isPresent();
      if (there && !(session instanceof Session.Completed)) {
        throw new Broken(
            session.upload().sessionId() + " is " + session.status() + " and its object is there");
      }
    }
  }
}
