package io.waybill.core.project;

import io.waybill.core.access.ProjectScope;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Projects. Every query is a tenant's. */
public interface ProjectStore {

  Optional<Project> find(UUID tenantId, UUID projectId);

  /**
   * Newest first, at most {@code limit}, older than {@code before} (the last id of the page before;
   * null for the first page). Ids are UUIDv7: their order is the order of creation.
   */
  List<Project> list(UUID tenantId, ProjectScope scope, @Nullable UUID before, int limit);
}
