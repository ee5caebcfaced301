package io.waybill.core.tag;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Tags. Every query is a tenant's. */
public interface TagStore {

  /**
   * Adds one. False when its project has another one of that name or no such category, or when the
   * tenant has no such project; then nothing is written.
   */
  boolean insert(Tag tag);

  /**
   * The tag as it is now. Nobody else changes it, or gives its project another name, until the
   * transaction ends.
   */
  Optional<Tag> lock(UUID tenantId, UUID projectId, UUID tagId);

  /**
   * Writes a locked one as it shall be. False when another one of its project has its name, or when
   * the project has no such category; then nothing is written.
   */
  boolean update(Tag tag);

  /** Takes a locked one away. */
  void delete(Tag tag);

  /**
   * Newest first. Ids are UUIDv7: their order is the order of creation.
   *
   * @param tagCategoryId of this category only; null for all
   * @param before the last id of the page before; null for the first page
   * @param except never these
   */
  record Query(
      UUID tenantId,
      UUID projectId,
      @Nullable UUID tagCategoryId,
      @Nullable UUID before,
      Set<UUID> except,
      int limit) {
    public Query {
      except = Set.copyOf(except);
    }
  }

  List<Tag> list(Query query);
}
