package io.waybill.core.memory;

import io.waybill.core.dataset.Dataset;
import io.waybill.core.dataset.DatasetStanding;
import io.waybill.core.dataset.DatasetStatus;
import io.waybill.core.dataset.ValidationStatus;
import io.waybill.core.event.Facts;
import io.waybill.core.memory.MemorySessions.SessionRow;
import io.waybill.core.memory.MemoryTasks.TaskRow;
import io.waybill.core.storage.ChecksumMode;
import io.waybill.core.storage.StoredObject;
import io.waybill.core.upload.Progress;
import io.waybill.core.upload.ReadyNews;
import io.waybill.core.upload.Session;
import io.waybill.core.upload.SessionStore;
import io.waybill.core.upload.TaskObject;
import io.waybill.core.upload.TaskStatus;
import io.waybill.core.upload.Transition;
import io.waybill.core.upload.Upload;
import io.waybill.core.upload.UploadPart;
import io.waybill.core.upload.UploadTask;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

record MemorySessions(MemoryTransaction tx) implements SessionStore {

  static final Table<UUID, SessionRow> SESSIONS = Table.of("sessions");

  /**
   * A session with its claim.
   *
   * @param claimedUntil other workers do not see it before
   */
  record SessionRow(Session session, UUID policyId, @Nullable Instant claimedUntil) {}

  private static final Set<TaskStatus> ENDS =
      EnumSet.of(TaskStatus.COMPLETED, TaskStatus.FAILED, TaskStatus.CANCELLED);
  private static final Set<DatasetStatus> IN_UPLOAD =
      EnumSet.of(
          DatasetStatus.CREATED,
          DatasetStatus.UPLOAD_PENDING,
          DatasetStatus.UPLOADING,
          DatasetStatus.PAUSED,
          DatasetStatus.PROCESSING);

  @Override
  public Optional<Session> find(UUID tenantId, UUID sessionId) {
    return Optional.ofNullable(tx.of(SESSIONS).get(sessionId))
        .map(SessionRow::session)
        .filter(session -> session.upload().owner().tenantId().equals(tenantId));
  }

  @Override
  public Optional<UnderPolicy> findUnderPolicy(UUID tenantId, UUID sessionId) {
    return find(tenantId, sessionId)
        .flatMap(session ->
            new MemoryPolicies(tx)
                .ofSession(tenantId, sessionId)
                .map(policy -> new UnderPolicy(session, policy.urlLife())));
  }

  @Override
  public Optional<Session> lock(UUID tenantId, UUID sessionId) {
    Optional<Session> seen = find(tenantId, sessionId);
    seen.ifPresent(session -> tx.of(SESSIONS).lock(sessionId));
    return seen;
  }

  @Override
  public Optional<Observed> progress(UUID tenantId, UUID sessionId) {
    return find(tenantId, sessionId)
        .map(session -> new Observed(progress(session), new MemoryTimelines(tx).signs(session)));
  }

  @Override
  public Optional<Observed> ofDataset(UUID tenantId, UUID datasetId) {
    return tx.of(MemoryTasks.TASKS).values().stream()
        .flatMap(row -> row.task().objects().stream())
        .filter(object -> object.datasetId().equals(datasetId))
        .max(Comparator.comparing(TaskObject::objectId))
        .flatMap(object -> progress(tenantId, object.sessionId()));
  }

  Progress progress(Session session) {
    int uploaded = 0;
    long bytes = 0;
    int failed = 0;
    int firstFailed = 0;
    for (UploadPart part : MemoryParts.of(tx, session.upload().sessionId())) {
      if (part.isUploaded()) {
        uploaded++;
        bytes += part.sizeBytes();
      } else {
        failed++;
        firstFailed = firstFailed == 0 ? part.partNumber() : firstFailed;
      }
    }
    return new Progress(session, uploaded, bytes, failed, firstFailed);
  }

  @Override
  public Set<UUID> apply(List<Transition> transitions) {
    Set<UUID> written = new HashSet<>();
    for (Transition move : transitions) {
      UUID id = move.after().upload().sessionId();
      SessionRow row = tx.of(SESSIONS).lock(id).orElse(null);
      if (row != null && row.session().upload().version() == move.before().upload().version()) {
        tx.of(SESSIONS).put(id, new SessionRow(move.after(), row.policyId(), null));
        tx.tell(move.facts());
        follow(move);
        written.add(id);
      }
    }
    return written;
  }

  private void follow(Transition move) {
    Upload upload = move.after().upload();
    TaskRow row = tx.of(MemoryTasks.TASKS).lock(upload.owner().taskId()).orElseThrow();
    boolean isCurrent =
        row.task().objects().stream().anyMatch(o -> o.sessionId().equals(upload.sessionId()));
    if (isCurrent) {
      List<TaskObject> objects =
          row.task().objects().stream()
              .map(o -> o.sessionId().equals(upload.sessionId()) ? standing(o, move) : o)
              .toList();
      rewriteTask(row, objects, upload.updatedAt());
      moveDataset(row, move);
    }
  }

  private static TaskObject standing(TaskObject object, Transition move) {
    return new TaskObject(
        object.objectId(),
        object.datasetId(),
        object.sessionId(),
        object.datasetName(),
        object.objectName(),
        object.contentType(),
        move.objectAfter(),
        object.retryCount(),
        object.checksumSha256(),
        object.metadata());
  }

  void rewriteTask(TaskRow row, List<TaskObject> objects, Instant at) {
    UploadTask task = row.task();
    TaskStatus status = TaskStatus.of(objects.stream().map(TaskObject::status).toList());
    if (status != task.status() && ENDS.contains(status)) {
      tx.endedTasks.put(task.taskId(), status);
    }
    UploadTask changed = task.changed(status, objects, at);
    tx.of(MemoryTasks.TASKS)
        .put(task.taskId(), new TaskRow(changed, row.policyId(), row.validationRequired()));
  }

  private void moveDataset(TaskRow row, Transition move) {
    Upload upload = move.after().upload();
    Dataset dataset = tx.of(MemoryDatasets.DATASETS).lock(upload.owner().datasetId()).orElseThrow();
    if (!IN_UPLOAD.contains(dataset.status())
        || !upload.location().equals(dataset.location())) { // another upload fills it by now
      return;
    }
    DatasetStatus status = move.after().status().ofDataset(row.validationRequired());
    StoredObject object =
        move.after() instanceof Session.Completed completed ? completed.object() : dataset.object();
    boolean isReady = status == DatasetStatus.READY;
    Instant readyAt = isReady ? upload.updatedAt() : dataset.readyAt();
    DatasetStanding standing = dataset.standing().in(status, readyAt);
    if (isReady && upload.protection().checksum() == ChecksumMode.SERVER_ASYNC_VALIDATE) {
      standing = standing.validated(ValidationStatus.PENDING);
    }
    Dataset moved =
        dataset.moved(object == null ? standing : standing.seen(), object, upload.updatedAt());
    tx.of(MemoryDatasets.DATASETS).put(moved.datasetId(), moved);
    if (moved.legalHold() != null && !Objects.equals(dataset.object(), moved.object())) {
      new MemoryDatasetHolds(tx).request(moved.tenantId(), moved.datasetId(), moved.updatedAt());
    }
    ReadyNews news = move.ready();
    if (isReady && news != null) {
      tx.tell(Facts.of(news.of(moved.name(), moved.version())));
    }
  }
}
