package io.waybill.core.tag;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Tag categories. Every query is a tenant's. */
public interface TagCategoryStore {

  /**
   * Adds one. False when its project has another one of that name, or when the tenant has no such
   * project; then nothing is written.
   */
  boolean insert(TagCategory category);

  /**
   * The category as it is now. Nobody else changes it, or gives its project another name, until the
   * transaction ends.
   */
  Optional<TagCategory> lock(UUID tenantId, UUID projectId, UUID tagCategoryId);

  /**
   * Writes a locked one as it shall be. False when another one of its project has its name; then
   * nothing is written.
   */
  boolean update(TagCategory category);

  /** Takes a locked one away. */
  void delete(TagCategory category);

  /**
   * Newest first. Ids are UUIDv7: their order is the order of creation.
   *
   * @param before the last id of the page before; null for the first page
   * @param except never these
   */
  record Query(UUID tenantId, UUID projectId, @Nullable UUID before, Set<UUID> except, int limit) {
    public Query {
      except = Set.copyOf(except);
    }
  }

  List<TagCategory> list(Query query);
}
