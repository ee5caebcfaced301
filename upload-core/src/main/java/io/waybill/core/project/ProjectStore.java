package io.waybill.core.project;

import io.waybill.core.access.ProjectScope;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Projects. Every query is a tenant's; a DELETED project is never shown. */
public interface ProjectStore {

  Optional<Project> find(UUID tenantId, UUID projectId);

  /**
   * Newest first, at most {@code limit}, older than {@code before} (the last id of the page before;
   * null for the first page). Ids are UUIDv7: their order is the order of creation.
   */
  List<Project> list(UUID tenantId, ProjectScope scope, @Nullable UUID before, int limit);

  /** Adds one. False when the tenant has another one of that slug; then nothing is written. */
  boolean insert(Project project);

  /**
   * The project as it is now. Nobody else changes it, puts something into it, or gives another one
   * of the tenant a slug, until the transaction ends.
   */
  Optional<Project> lock(UUID tenantId, UUID projectId);

  /**
   * Writes a locked one as it shall be. False when another one of the tenant has its slug; then
   * nothing is written. The slug of a DELETED one is free.
   */
  boolean update(Project project);

  /** Whether no dataset that is not PURGED, and no device that is not DELETED, is in it. */
  boolean isEmpty(UUID tenantId, UUID projectId);

  /** What projects take of their quotas; one that takes nothing may be left out. */
  Map<UUID, ProjectUsage> usage(Collection<UUID> projectIds);
}
