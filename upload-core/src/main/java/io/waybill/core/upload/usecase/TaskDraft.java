package io.waybill.core.upload.usecase;

import io.waybill.core.access.Caller;
import io.waybill.core.dataset.Dataset;
import io.waybill.core.dataset.Twin;
import io.waybill.core.event.Facts;
import io.waybill.core.project.StoragePolicy;
import io.waybill.core.storage.ObjectLocation;
import io.waybill.core.upload.InstantUpload;
import io.waybill.core.upload.NewTask;
import io.waybill.core.upload.ObjectKeys;
import io.waybill.core.upload.ObjectName;
import io.waybill.core.upload.ObjectStatus;
import io.waybill.core.upload.Owner;
import io.waybill.core.upload.PartPlan;
import io.waybill.core.upload.Progress;
import io.waybill.core.upload.Session;
import io.waybill.core.upload.TaskObject;
import io.waybill.core.upload.TaskStatus;
import io.waybill.core.upload.TaskStore;
import io.waybill.core.upload.TaskStore.TaskProgress;
import io.waybill.core.upload.Transition;
import io.waybill.core.upload.Upload;
import io.waybill.core.upload.UploadRoom;
import io.waybill.core.upload.UploadStores;
import io.waybill.core.upload.UploadTask;
import io.waybill.core.upload.usecase.RoomRules.Admitted;
import io.waybill.core.work.IdSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A task as it will be written, with its INITIATING sessions.
 *
 * @param sessions one per object, in the same order
 * @param urlLife life of a URL for requests that ask for none, as the storage policy says
 */
record TaskDraft(UploadTask task, List<Session> sessions, Duration urlLife) {

  /** How long the creating call has before a worker takes its sessions up. */
  static final Duration REDRIVE_AFTER = Duration.ofSeconds(30);

  TaskDraft {
    sessions = List.copyOf(sessions);
  }

  static TaskDraft of(
      UUID taskId, NewTask request, Admitted into, Caller caller, IdSource ids, Instant now) {
    StoragePolicy policy = into.terms().policy();
    UploadRoom.SourceDevice device = into.room().sourceDevice();
    UUID deviceId = device == null ? null : device.deviceId();
    List<TaskObject> objects = new ArrayList<>();
    List<Session> sessions = new ArrayList<>();
    for (NewTask.File file : request.objects()) {
      UUID sessionId = ids.next();
      TaskObject object = objectOf(file, into, sessionId, ids);
      Owner owner =
          new Owner(
              caller.identity().tenantId(),
              request.projectId(),
              object.datasetId(),
              taskId,
              object.objectId(),
              deviceId);
      objects.add(object);
      Session.Initiating session = session(owner, object, planOf(file, policy), into.terms(), now);
      sessions.add(
          Twins.content(file)
              .map(into.twins()::get)
              .map(twin -> copying(session, twin, now))
              .orElse(session));
    }
    UploadTask task =
        new UploadTask(
            taskId,
            caller.identity().tenantId(),
            request.projectId(),
            request.taskName(),
            request.taskInitiator(),
            deviceId,
            codeOf(request, device),
            TaskStatus.PENDING,
            request.metadata(),
            now,
            now,
            objects);
    return new TaskDraft(task, sessions, policy.urlLife());
  }

  /** A worker has storage copy it, at once. */
  private static Session.Initiating copying(Session.Initiating session, Twin twin, Instant now) {
    return new Session.Initiating(session.upload().copying(twin), now);
  }

  /** What was given, even beside an id; else what the registry calls the device. */
  private static @Nullable String codeOf(
      NewTask request, UploadRoom.@Nullable SourceDevice device) {
    String given = request.sourceDeviceCode();
    return given != null || device == null ? given : device.deviceCode();
  }

  private static PartPlan planOf(NewTask.File file, StoragePolicy policy) {
    Long asked = file.partSizeBytes();
    return asked == null
        ? PartPlan.automatic(file.fileSizeBytes(), policy.defaultPartSizeBytes())
        : new PartPlan(file.fileSizeBytes(), asked);
  }

  private static TaskObject objectOf(
      NewTask.File file, Admitted into, UUID sessionId, IdSource ids) {
    UUID objectId = ids.next();
    UUID datasetId = file.datasetId() == null ? ids.next() : file.datasetId();
    Dataset existing = into.existing().get(datasetId);
    return new TaskObject(
        objectId,
        datasetId,
        sessionId,
        existing == null ? orElse(file.datasetName(), file.objectName()) : existing.name(),
        file.objectName(),
        orElse(file.contentType(), "application/octet-stream"),
        ObjectStatus.PENDING,
        0,
        file.checksumSha256(),
        file.metadata());
  }

  private static String orElse(@Nullable String given, String otherwise) {
    return given == null ? otherwise : given;
  }

  /** Another session of an object, for the file that the one before was for. */
  static Session.Initiating again(TaskObject object, Upload before, Terms terms, Instant now) {
    Session.Initiating next = session(before.owner(), object, before.plan(), terms, now);
    return new Session.Initiating(
        next.upload().reporting(before.checksumSha256()), next.redriveAt());
  }

  private static Session.Initiating session(
      Owner owner, TaskObject object, PartPlan plan, Terms terms, Instant now) {
    StoragePolicy policy = terms.policy();
    String key = ObjectKeys.keyOf(owner, object.sessionId(), now, object.objectName());
    Upload upload =
        new Upload(
            object.sessionId(),
            owner,
            new ObjectLocation(policy.endpointRef(), policy.bucket(), key),
            plan,
            ObjectName.fileName(object.objectName()),
            object.contentType(),
            now,
            now,
            terms.endOf(now),
            0,
            1,
            null,
            policy.protection(),
            object.checksumSha256(),
            null);
    return new Session.Initiating(upload, now.plus(REDRIVE_AFTER));
  }

  /** Those for which storage is to open an upload; what it copies is a worker's. */
  List<Session.Initiating> initiating() {
    return allInitiating().filter(session -> !InstantUpload.is(session)).toList();
  }

  private Stream<Session.Initiating> allInitiating() {
    return sessions.stream()
        .filter(Session.Initiating.class::isInstance)
        .map(Session.Initiating.class::cast);
  }

  /** The same task after these moves; sessions without a move are as they were. */
  TaskDraft after(List<Transition> moves) {
    Map<UUID, Session> moved = new HashMap<>();
    moves.forEach(move -> moved.put(move.after().upload().sessionId(), move.after()));
    return new TaskDraft(
        task,
        sessions.stream()
            .map(session -> moved.getOrDefault(session.upload().sessionId(), session))
            .toList(),
        urlLife);
  }

  /** Whether storage has opened an upload for none of its objects, and never will. */
  boolean isRefused() {
    return sessions.stream()
        .allMatch(s -> s instanceof Session.Failed failed && failed.uploadId() == null);
  }

  /** The rows of the task. */
  TaskStore.NewTask written(Admitted into, Facts facts) {
    StoragePolicy policy = into.terms().policy();
    return new TaskStore.NewTask(
        task,
        allInitiating().toList(),
        into.existing().keySet(),
        policy.storagePolicyId(),
        policy.isValidated(),
        facts);
  }

  /** A task that exists, with its sessions as they are. */
  static TaskDraft load(UploadStores tx, UUID tenantId, UUID projectId, UUID taskId) {
    TaskProgress found = tx.tasks().find(tenantId, projectId, taskId).orElseThrow();
    List<Session> sessions = found.progress().stream().map(Progress::session).toList();
    // One policy for all objects of a task, and for their retries.
    UUID any = sessions.getFirst().upload().sessionId();
    StoragePolicy policy = tx.policies().ofSession(tenantId, any).orElseThrow();
    return new TaskDraft(found.task(), sessions, policy.urlLife());
  }
}
