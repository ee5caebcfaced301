package io.waybill.core.project;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The unit of authorization, quota and retention.
 *
 * @param storagePolicyId of uploads that name none; null for the tenant's default
 */
public record Project(
    UUID projectId,
    UUID tenantId,
    @Nullable UUID storagePolicyId,
    String slug,
    String name,
    @Nullable String description,
    ProjectStatus status,
    Map<String, Object> metadata,
    long version,
    Instant createdAt,
    Instant updatedAt,
    @Nullable Instant archivedAt) {

  public Project {
    metadata = Map.copyOf(metadata);
  }
}
