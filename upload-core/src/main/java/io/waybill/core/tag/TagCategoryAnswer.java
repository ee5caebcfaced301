package io.waybill.core.tag;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A tag category as it is answered, and remembered under an idempotency key. */
public record TagCategoryAnswer(
    UUID tagCategoryId,
    UUID projectId,
    String name,
    @Nullable String description,
    long version,
    Instant createdAt,
    Instant updatedAt) {

  public static TagCategoryAnswer of(TagCategory category) {
    return new TagCategoryAnswer(
        category.tagCategoryId(),
        category.projectId(),
        category.name(),
        category.description(),
        category.version(),
        category.createdAt(),
        category.updatedAt());
  }
}
