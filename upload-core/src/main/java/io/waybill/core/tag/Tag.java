package io.waybill.core.tag;

import io.waybill.core.access.Resource;
import io.waybill.core.access.ResourceKind;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A word that a project puts on its datasets.
 *
 * @param tagCategoryId null when it is in none
 * @param name no other tag of the project has it
 */
public record Tag(
    UUID tagId,
    UUID tenantId,
    UUID projectId,
    @Nullable UUID tagCategoryId,
    String name,
    @Nullable String description,
    long version,
    Instant createdAt,
    Instant updatedAt) {

  /** The same after a change. */
  public Tag changed(
      @Nullable UUID newCategoryId, String newName, @Nullable String newDescription, Instant at) {
    return new Tag(
        tagId,
        tenantId,
        projectId,
        newCategoryId,
        newName,
        newDescription,
        version + 1,
        createdAt,
        at);
  }

  /** The same when its category is gone. */
  public Tag withoutCategory() {
    return new Tag(
        tagId, tenantId, projectId, null, name, description, version, createdAt, updatedAt);
  }

  /** What a caller must be let through to. */
  public Resource resource() {
    return Resource.project(tenantId, projectId).under(ResourceKind.TAG, tagId);
  }
}
