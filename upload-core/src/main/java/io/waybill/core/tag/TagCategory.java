package io.waybill.core.tag;

import io.waybill.core.access.Resource;
import io.waybill.core.access.ResourceKind;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a project sorts its tags by: the shift, the weather, the kind of fault.
 *
 * @param name no other category of the project has it
 */
public record TagCategory(
    UUID tagCategoryId,
    UUID tenantId,
    UUID projectId,
    String name,
    @Nullable String description,
    long version,
    Instant createdAt,
    Instant updatedAt) {

  /** The same after a change. */
  public TagCategory changed(String newName, @Nullable String newDescription, Instant at) {
    return new TagCategory(
        tagCategoryId, tenantId, projectId, newName, newDescription, version + 1, createdAt, at);
  }

  /** What a caller must be let through to. */
  public Resource resource() {
    return Resource.project(tenantId, projectId).under(ResourceKind.TAG_CATEGORY, tagCategoryId);
  }
}
