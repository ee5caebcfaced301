package io.waybill.testkit.contract;

import io.waybill.core.access.Client;
import io.waybill.core.event.AuditEvent;
import io.waybill.core.event.Facts;
import io.waybill.core.event.OutboxEvent;
import io.waybill.core.project.Project;
import io.waybill.core.project.StoragePolicy;
import io.waybill.core.storage.ObjectLocation;
import io.waybill.core.upload.LifecycleEvent;
import io.waybill.core.upload.ObjectKeys;
import io.waybill.core.upload.ObjectStatus;
import io.waybill.core.upload.Owner;
import io.waybill.core.upload.PartPlan;
import io.waybill.core.upload.ReadyNews;
import io.waybill.core.upload.Session;
import io.waybill.core.upload.TaskObject;
import io.waybill.core.upload.TaskStatus;
import io.waybill.core.upload.TaskStore.NewTask;
import io.waybill.core.upload.Transition;
import io.waybill.core.upload.Upload;
import io.waybill.core.upload.UploadEvent;
import io.waybill.core.upload.UploadTask;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes uploads of a world, as the use cases would. */
public final class Uploads {
  public static final long FILE_BYTES = 150L << 20;
  public static final long PART_BYTES = 64L << 20;
  private static final String CHECKSUM = "ab".repeat(32);

  private Uploads() {}

  /** A task of the world's project, from its robot. */
  public static NewTask task(World world, int objects, Instant at) {
    return task(world, world.project(), world.policy(), objects, at);
  }

  /** A task of one file of the world's project, from this device or from none. */
  public static NewTask from(World world, @Nullable UUID device, Instant at) {
    return task(new Home(world.project(), world.policy(), device, null), 1, at);
  }

  /** A task of any of the world's projects. */
  public static NewTask task(
      World world, Project project, StoragePolicy policy, int objects, Instant at) {
    boolean own = project.tenantId().equals(world.tenantId());
    UUID device = own ? world.robot().id() : null;
    return task(new Home(project, policy, device, own ? world.robot().label() : null), objects, at);
  }

  private record Home(
      Project project, StoragePolicy policy, @Nullable UUID device, @Nullable String code) {}

  private static NewTask task(Home home, int objects, Instant at) {
    Project project = home.project();
    StoragePolicy policy = home.policy();
    UUID device = home.device();
    UUID taskId = Ids.next();
    List<TaskObject> files = new ArrayList<>();
    List<Session.Initiating> sessions = new ArrayList<>();
    Facts facts = Facts.NONE;
    for (int i = 0; i < objects; i++) {
      Owner owner =
          new Owner(
              project.tenantId(), project.projectId(), Ids.next(), taskId, Ids.next(), device);
      Session.Initiating session = initiating(owner, policy, "Kamera " + i + ".mcap", at);
      sessions.add(session);
      files.add(
          new TaskObject(
              owner.objectId(),
              owner.datasetId(),
              session.upload().sessionId(),
              "camera-" + i,
              "Kamera " + i + ".mcap",
              "application/octet-stream",
              ObjectStatus.PENDING,
              0,
              i == 0 ? CHECKSUM : null,
              Map.of("lens", "wide", "nested", Map.of("n", 1L))));
      facts = facts.and(facts(session, UploadEvent.TASK_CREATED, at));
    }
    UploadTask task =
        new UploadTask(
            taskId,
            project.tenantId(),
            project.projectId(),
            "run 42",
            "cli",
            device,
            home.code(),
            TaskStatus.PENDING,
            Map.of("site", "line-3"),
            at,
            at,
            files);
    return new NewTask(
        task, sessions, Set.of(), policy.storagePolicyId(), policy.validationRequired(), facts);
  }

  /** Another task whose one file fills the dataset of this one's first. */
  public static NewTask refilling(World world, NewTask filled, Instant at) {
    UUID datasetId = filled.task().objects().getFirst().datasetId();
    NewTask other = task(world, world.project(), world.policy(), 1, at);
    UploadTask task = other.task();
    TaskObject file = task.objects().getFirst();
    Owner owner =
        new Owner(
            task.tenantId(),
            task.projectId(),
            datasetId,
            task.taskId(),
            file.objectId(),
            task.sourceDeviceId());
    Session.Initiating session = initiating(owner, world.policy(), "again.mcap", at);
    TaskObject refill =
        new TaskObject(
            file.objectId(),
            datasetId,
            session.upload().sessionId(),
            file.datasetName(),
            "again.mcap",
            file.contentType(),
            file.status(),
            0,
            null,
            Map.of());
    UploadTask refilling = task.changed(task.status(), List.of(refill), at);
    return new NewTask(
        refilling,
        List.of(session),
        Set.of(datasetId),
        world.policy().storagePolicyId(),
        false,
        facts(session, UploadEvent.TASK_CREATED, at));
  }

  /** A session that has just been accepted. */
  public static Session.Initiating initiating(
      Owner owner, StoragePolicy policy, String name, Instant at) {
    UUID sessionId = Ids.next();
    Upload upload =
        new Upload(
            sessionId,
            owner,
            new ObjectLocation(
                policy.endpointRef(),
                policy.bucket(),
                ObjectKeys.keyOf(owner, sessionId, at, name)),
            new PartPlan(FILE_BYTES, PART_BYTES),
            name,
            "application/octet-stream",
            at,
            at,
            at.plus(Duration.ofHours(24)),
            0,
            0,
            null);
    return new Session.Initiating(upload, at.plus(Duration.ofSeconds(30)));
  }

  /** One event of each kind. */
  public static Facts facts(Session session, UploadEvent type, Instant at) {
    Owner owner = session.upload().owner();
    UUID sessionId = session.upload().sessionId();
    return new Facts(
        List.of(
            new LifecycleEvent(
                Ids.next(),
                type,
                owner,
                sessionId,
                "api_key:test",
                "req-1",
                at,
                List.of(),
                null,
                Map.of("why", "test", "times", 3L))),
        List.of(
            new AuditEvent(
                Ids.next(),
                owner.tenantId(),
                "api_key:test",
                type.code(),
                "upload_session",
                sessionId,
                "ok",
                "req-1",
                "http",
                Client.NONE,
                at,
                Map.of())),
        List.of(
            new OutboxEvent(
                Ids.next(),
                owner.tenantId(),
                owner.projectId(),
                "upload_session",
                sessionId,
                session.upload().version(),
                type.code(),
                at,
                Map.of("session_id", sessionId.toString()))));
  }

  /** URLs issued for parts. */
  public static LifecycleEvent presigned(
      Session session, List<Integer> parts, Instant at, Instant until) {
    return new LifecycleEvent(
        Ids.next(),
        UploadEvent.PRESIGN_ISSUED,
        session.upload().owner(),
        session.upload().sessionId(),
        "device:test",
        "req-2",
        at,
        parts,
        until,
        Map.of());
  }

  /** A move that leaves one event of each kind behind. */
  public static Transition move(Session before, Session after, UploadEvent type) {
    ReadyNews ready =
        after instanceof Session.Completed ? new ReadyNews(Ids.next(), after.upload()) : null;
    return new Transition(before, after, facts(after, type, after.upload().updatedAt()), ready);
  }
}
