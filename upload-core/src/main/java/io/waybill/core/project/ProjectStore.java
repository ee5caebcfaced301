package io.waybill.core.project;

import io.waybill.core.access.ProjectScope;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Projects and their storage policies. Every query is a tenant's. */
public interface ProjectStore {

  Optional<Project> find(UUID tenantId, UUID projectId);

  /**
   * Newest first, at most {@code limit}, older than {@code before} (the last id of the page before;
   * null for the first page). Ids are UUIDv7: their order is the order of creation.
   */
  List<Project> list(UUID tenantId, ProjectScope scope, @Nullable UUID before, int limit);

  /** What a create must know, in one statement; empty when the tenant has no such project. */
  Optional<UploadRoom> uploadRoom(RoomRequest request);

  /** The policy under which a session's uploads run. */
  Optional<StoragePolicy> policyOf(UUID tenantId, UUID sessionId);

  /**
   * Which room a create asks for.
   *
   * @param storagePolicyId null for the project's, else the tenant's default
   * @param deviceId the source device; null when there is none
   */
  record RoomRequest(
      UUID tenantId,
      UUID projectId,
      @Nullable UUID storagePolicyId,
      @Nullable UUID deviceId,
      Instant now) {}
}
