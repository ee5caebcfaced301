package io.waybill.simulator;

import io.waybill.core.dataset.PurgeStanding;
import io.waybill.core.project.ProjectUsage;
import io.waybill.core.storage.StoredObject;
import io.waybill.core.upload.Session;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What storage must have of uploads, and what it must have lost. */
record Inventory(Life life) {

  /** One that is COMPLETED has its object there, with the size that was promised, until a purge. */
  void isWhole(Session session) {
    if (session instanceof Session.Completed && isKept(session)) {
      isThere(session);
    }
  }

  private void isThere(Session session) {
    Optional<StoredObject> object = life.objects.head(session.upload().location());
    if (object.map(StoredObject::sizeBytes).orElse(-1L)
        != session.upload().plan().fileSizeBytes()) {
      throw new Broken(session.upload().sessionId() + " is COMPLETED and storage has " + object);
    }
  }

  /** Nobody has asked that it be gone. */
  private boolean isKept(Session session) {
    return !isPurged(session) && !isBeingPurged(session);
  }

  private boolean isPurged(Session session) {
    var owner = session.upload().owner();
    return life.rows.read(tx ->
        tx.datasetPurges()
            .findPurged(owner.tenantId(), owner.projectId(), owner.datasetId())
            .isPresent());
  }

  private boolean isBeingPurged(Session session) {
    var owner = session.upload().owner();
    return life.rows.read(tx ->
        tx.datasetPurges()
            .find(owner.tenantId(), owner.datasetId())
            .filter(PurgeStanding::isRequested)
            .isPresent());
  }

  /** Whether no purge is left to a worker. */
  boolean isAtRest(List<Session> sessions) {
    return sessions.stream().noneMatch(this::isBeingPurged);
  }

  /** What must hold when nothing moves any more. */
  void atTheEnd(List<Session> sessions) {
    Map<UUID, Long> stored = new HashMap<>();
    for (Session session : sessions) {
      boolean mustBeThere = session instanceof Session.Completed && !isPurged(session);
      Optional<StoredObject> object = life.objects.head(session.upload().location());
      if (mustBeThere) {
        isThere(session);
        stored.put(session.upload().owner().datasetId(), object.orElseThrow().sizeBytes());
      } else if (object.isPresent()) {
        throw new Broken(
            "%s is %s%s and its object is there"
                .formatted(
                    session.upload().sessionId(),
                    session.status(),
                    isPurged(session) ? ", its dataset purged," : ""));
      }
    }
    isCounted(stored.values().stream().mapToLong(Long::longValue).sum());
  }

  /** The project has used what is there, and promised nothing. */
  private void isCounted(long bytes) {
    ProjectUsage used = life.quota.used();
    if (!used.equals(new ProjectUsage(bytes, 0, 0))) {
      throw new Broken("storage holds %d bytes and the project says %s".formatted(bytes, used));
    }
  }
}
