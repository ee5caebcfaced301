package io.waybill.core.memory;

import io.waybill.core.tag.TagCategory;
import io.waybill.core.tag.TagCategoryStore;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

record MemoryTagCategories(MemoryTransaction tx) implements TagCategoryStore {

  static final Table<UUID, TagCategory> CATEGORIES = Table.of("tag_categories");

  @Override
  public boolean insert(TagCategory category) {
    boolean hasHome =
        new MemoryProjects(tx).find(category.tenantId(), category.projectId()).isPresent();
    return hasHome && update(category);
  }

  @Override
  public Optional<TagCategory> lock(UUID tenantId, UUID projectId, UUID tagCategoryId) {
    return rows()
        .lock(tagCategoryId)
        .filter(c -> c.tenantId().equals(tenantId) && c.projectId().equals(projectId));
  }

  @Override
  public boolean update(TagCategory category) {
    boolean isTaken =
        rows().values().stream()
            .anyMatch(other ->
                other.projectId().equals(category.projectId())
                    && other.name().equals(category.name())
                    && !other.tagCategoryId().equals(category.tagCategoryId()));
    if (!isTaken) {
      rows().put(category.tagCategoryId(), category);
    }
    return !isTaken;
  }

  @Override
  public void delete(TagCategory category) {
    rows().remove(category.tagCategoryId());
    List.copyOf(tx.of(MemoryTags.TAGS).values()).stream()
        .filter(tag -> category.tagCategoryId().equals(tag.tagCategoryId()))
        .forEach(tag -> tx.of(MemoryTags.TAGS).put(tag.tagId(), tag.withoutCategory()));
  }

  @Override
  public List<TagCategory> list(Query query) {
    return rows().values().stream()
        .filter(
            c -> c.tenantId().equals(query.tenantId()) && c.projectId().equals(query.projectId()))
        .filter(c -> query.before() == null || c.tagCategoryId().compareTo(query.before()) < 0)
        .filter(c -> !query.except().contains(c.tagCategoryId()))
        .sorted(Comparator.comparing(TagCategory::tagCategoryId).reversed())
        .limit(query.limit())
        .toList();
  }

  private Rows<UUID, TagCategory> rows() {
    return tx.of(CATEGORIES);
  }
}
