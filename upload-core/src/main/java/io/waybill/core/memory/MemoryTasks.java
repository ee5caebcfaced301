package io.waybill.core.memory;

import io.waybill.core.dataset.Dataset;
import io.waybill.core.dataset.DatasetFile;
import io.waybill.core.dataset.DatasetPreview;
import io.waybill.core.dataset.DatasetProfile;
import io.waybill.core.dataset.DatasetStanding;
import io.waybill.core.dataset.DatasetStatus;
import io.waybill.core.dataset.LegalHold;
import io.waybill.core.dataset.RecoveryStatus;
import io.waybill.core.dataset.ValidationStatus;
import io.waybill.core.event.Facts;
import io.waybill.core.memory.MemorySessions.SessionRow;
import io.waybill.core.memory.MemoryTasks.TaskRow;
import io.waybill.core.upload.Progress;
import io.waybill.core.upload.Session;
import io.waybill.core.upload.TaskAnswer;
import io.waybill.core.upload.TaskObject;
import io.waybill.core.upload.TaskStatus;
import io.waybill.core.upload.TaskStore;
import io.waybill.core.upload.Upload;
import io.waybill.core.upload.UploadTask;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

record MemoryTasks(MemoryTransaction tx) implements TaskStore {

  static final Table<UUID, TaskRow> TASKS = Table.of("tasks");

  /** A task with what the policy said when it was made. */
  record TaskRow(UploadTask task, UUID policyId, boolean validationRequired) {}

  @Override
  public void create(NewTask task) {
    tx.of(TASKS)
        .put(
            task.task().taskId(),
            new TaskRow(task.task(), task.storagePolicyId(), task.validationRequired()));
    for (int i = 0; i < task.sessions().size(); i++) {
      Session.Initiating session = task.sessions().get(i);
      TaskObject object = task.task().objects().get(i);
      tx.of(MemorySessions.SESSIONS)
          .put(object.sessionId(), new SessionRow(session, task.storagePolicyId(), null));
      Dataset fresh = dataset(task, object, session.upload());
      Optional<Dataset> existing = tx.of(MemoryDatasets.DATASETS).lock(object.datasetId());
      tx.of(MemoryDatasets.DATASETS)
          .put(object.datasetId(), existing.map(old -> filled(old, fresh)).orElse(fresh));
    }
    tx.tell(task.facts());
  }

  private static Dataset dataset(NewTask task, TaskObject object, Upload upload) {
    return new Dataset(
        object.datasetId(),
        task.task().tenantId(),
        task.task().projectId(),
        DatasetProfile.of(object.datasetName(), object.metadata()),
        DatasetStanding.of(
            DatasetStatus.UPLOAD_PENDING,
            task.validationRequired() ? ValidationStatus.PENDING : ValidationStatus.NOT_REQUIRED,
            RecoveryStatus.NORMAL,
            null),
        new DatasetFile(
            upload.originalFilename(),
            object.contentType(),
            upload.plan().fileSizeBytes(),
            object.checksumSha256()),
        upload.location(),
        null,
        task.task().sourceDeviceId(),
        task.task().sourceDeviceCode(),
        upload.protection().legalHold() ? LegalHold.ofPolicy(upload.createdAt()) : null,
        DatasetPreview.NONE,
        1,
        upload.createdAt(),
        upload.createdAt());
  }

  private static Dataset restarted(Dataset dataset, Upload upload) {
    DatasetFile file =
        new DatasetFile(
            upload.originalFilename(),
            upload.contentType(),
            upload.plan().fileSizeBytes(),
            dataset.checksumSha256());
    ValidationStatus validation =
        dataset.validationStatus() == ValidationStatus.NOT_REQUIRED
            ? ValidationStatus.NOT_REQUIRED
            : ValidationStatus.PENDING;
    DatasetStanding standing =
        dataset.standing().in(DatasetStatus.UPLOAD_PENDING, null).validated(validation);
    return dataset.restarted(standing, file, upload.location(), upload.updatedAt());
  }

  private static Dataset filled(Dataset existing, Dataset by) {
    DatasetStanding standing =
        existing.standing().in(by.status(), null).validated(by.validationStatus());
    return existing
        .restarted(standing, by.file(), Objects.requireNonNull(by.location()), by.updatedAt())
        .from(by.sourceDeviceId(), by.sourceDeviceCode())
        .alsoHeld(by.legalHold())
        .describedBy(by.metadata().isEmpty() ? existing.metadata() : by.metadata());
  }

  @Override
  public Optional<TaskProgress> find(UUID tenantId, UUID projectId, UUID taskId) {
    return Optional.ofNullable(tx.of(TASKS).get(taskId))
        .map(TaskRow::task)
        .filter(task -> task.tenantId().equals(tenantId) && task.projectId().equals(projectId))
        .map(this::progress);
  }

  private TaskProgress progress(UploadTask task) {
    MemorySessions sessions = new MemorySessions(tx);
    List<Progress> progress =
        task.objects().stream()
            .map(
                o -> sessions.progress(sessions.find(task.tenantId(), o.sessionId()).orElseThrow()))
            .toList();
    return new TaskProgress(task, progress);
  }

  @Override
  public List<TaskProgress> list(Query query, Instant now) {
    return tx.of(TASKS).values().stream()
        .map(TaskRow::task)
        .filter(task -> matches(task, query) && isIn(task, query.status(), now))
        .sorted(Comparator.comparing(UploadTask::taskId).reversed())
        .limit(query.limit())
        .map(this::progress)
        .toList();
  }

  private boolean isIn(UploadTask task, @Nullable TaskStatus status, Instant now) {
    return status == null || TaskAnswer.of(task, progress(task).progress(), now).status() == status;
  }

  private static boolean matches(UploadTask task, Query query) {
    return task.tenantId().equals(query.tenantId())
        && task.projectId().equals(query.projectId())
        && (query.sourceDeviceId() == null || query.sourceDeviceId().equals(task.sourceDeviceId()))
        && (query.sourceDeviceCode() == null
            || query.sourceDeviceCode().equals(task.sourceDeviceCode()))
        && (query.createdAfter() == null || task.createdAt().isAfter(query.createdAfter()))
        && !query.except().contains(task.taskId())
        && (query.onlyDevices().isEmpty()
            || (task.sourceDeviceId() != null
                && query.onlyDevices().contains(task.sourceDeviceId())))
        && (query.before() == null || task.taskId().compareTo(query.before()) < 0);
  }

  @Override
  public Optional<TaskProgress> lockObject(UUID tenantId, UUID taskId, UUID objectId) {
    return Optional.ofNullable(tx.of(TASKS).get(taskId))
        .map(TaskRow::task)
        .filter(task -> task.tenantId().equals(tenantId))
        .flatMap(task -> locked(task, objectId))
        .map(this::progress);
  }

  /** The session first, as everywhere; the task stands for its object. */
  private Optional<UploadTask> locked(UploadTask task, UUID objectId) {
    Optional<TaskObject> wanted =
        task.objects().stream().filter(o -> o.objectId().equals(objectId)).findFirst();
    return wanted.flatMap(object -> {
      tx.of(MemorySessions.SESSIONS).lock(object.sessionId());
      return tx.of(TASKS).lock(task.taskId()).map(TaskRow::task);
    });
  }

  @Override
  public void retry(UUID objectId, Session previous, Session.Initiating next, Facts facts) {
    Upload upload = next.upload();
    TaskRow row = tx.of(TASKS).lock(upload.owner().taskId()).orElseThrow();
    tx.of(MemorySessions.SESSIONS)
        .put(upload.sessionId(), new SessionRow(next, row.policyId(), null));
    List<TaskObject> objects =
        row.task().objects().stream()
            .map(o -> o.objectId().equals(objectId) ? o.retriedAs(upload.sessionId()) : o)
            .toList();
    new MemorySessions(tx).rewriteTask(row, objects, upload.updatedAt());
    tx.of(MemoryDatasets.DATASETS)
        .change(upload.owner().datasetId(), dataset -> restarted(dataset, upload));
    tx.tell(facts);
  }
}
