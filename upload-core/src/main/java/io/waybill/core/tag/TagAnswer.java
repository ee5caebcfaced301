package io.waybill.core.tag;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A tag as it is answered, and remembered under an idempotency key. */
public record TagAnswer(
    UUID tagId,
    UUID projectId,
    @Nullable UUID tagCategoryId,
    String name,
    @Nullable String description,
    long version,
    Instant createdAt,
    Instant updatedAt) {

  public static TagAnswer of(Tag tag) {
    return new TagAnswer(
        tag.tagId(),
        tag.projectId(),
        tag.tagCategoryId(),
        tag.name(),
        tag.description(),
        tag.version(),
        tag.createdAt(),
        tag.updatedAt());
  }
}
