package io.waybill.core.upload;

import io.waybill.core.event.Facts;
import io.waybill.core.project.ProjectStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Upload tasks with their objects. */
public interface TaskStore {

  /**
   * Writes a task, its objects, their datasets (UPLOAD_PENDING), their INITIATING sessions and the
   * facts, in one statement. A dataset that exists keeps its name, and its metadata where the
   * object brings none; it is locked by {@link DatasetStore#lockForUpload}.
   */
  void create(NewTask task);

  /** The task with its objects in the order of the request, and each object's progress. */
  Optional<TaskProgress> find(UUID tenantId, UUID projectId, UUID taskId);

  /**
   * Newest first; see {@link ProjectStore#list} for paging. A task has the status that it has with
   * every session expired whose life is over now, marked or not.
   */
  List<TaskProgress> list(Query query, Instant now);

  /**
   * The object's task and current session, with the session's row locked and then the object's,
   * until the transaction ends.
   */
  Optional<TaskProgress> lockObject(UUID tenantId, UUID taskId, UUID objectId);

  /**
   * Gives an object a new INITIATING session: {@code retry_count} + 1, dataset and task aggregates
   * follow. The object is locked by {@link #lockObject}.
   */
  void retry(UUID objectId, Session previous, Session.Initiating next, Facts facts);

  /**
   * A task to be written.
   *
   * @param sessions one per object of the task, in the same order
   * @param existing those of the objects' datasets that are there already
   * @param storagePolicyId under which the sessions run
   */
  record NewTask(
      UploadTask task,
      List<Session.Initiating> sessions,
      Set<UUID> existing,
      UUID storagePolicyId,
      boolean validationRequired,
      Facts facts) {
    public NewTask {
      sessions = List.copyOf(sessions);
      existing = Set.copyOf(existing);
    }
  }

  /**
   * A task and how far it is.
   *
   * @param progress one per object, in the same order
   */
  record TaskProgress(UploadTask task, List<Progress> progress) {
    public TaskProgress {
      progress = List.copyOf(progress);
    }
  }

  /**
   * Filters of a list; a null filter lets everything through.
   *
   * @param except never these
   * @param onlyDevices only what came from one of these; empty for all
   */
  record Query(
      UUID tenantId,
      UUID projectId,
      @Nullable TaskStatus status,
      @Nullable UUID sourceDeviceId,
      @Nullable String sourceDeviceCode,
      @Nullable Instant createdAfter,
      @Nullable UUID before,
      Set<UUID> except,
      Set<UUID> onlyDevices,
      int limit) {
    public Query {
      except = Set.copyOf(except);
      onlyDevices = Set.copyOf(onlyDevices);
    }

    /** Whatever code what it was sent by has. */
    public Query(
        UUID tenantId,
        UUID projectId,
        @Nullable TaskStatus status,
        @Nullable UUID sourceDeviceId,
        @Nullable Instant createdAfter,
        @Nullable UUID before,
        Set<UUID> except,
        Set<UUID> onlyDevices,
        int limit) {
      this(
          tenantId,
          projectId,
          status,
          sourceDeviceId,
          null,
          createdAfter,
          before,
          except,
          onlyDevices,
          limit);
    }

    /** Of all devices, and of none. */
    public Query(
        UUID tenantId,
        UUID projectId,
        @Nullable TaskStatus status,
        @Nullable UUID sourceDeviceId,
        @Nullable Instant createdAfter,
        @Nullable UUID before,
        Set<UUID> except,
        int limit) {
      this(
          tenantId,
          projectId,
          status,
          sourceDeviceId,
          createdAfter,
          before,
          except,
          Set.of(),
          limit);
    }
  }
}
