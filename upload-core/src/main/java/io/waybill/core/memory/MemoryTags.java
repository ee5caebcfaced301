package io.waybill.core.memory;

import io.waybill.core.tag.Tag;
import io.waybill.core.tag.TagStore;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

record MemoryTags(MemoryTransaction tx) implements TagStore {

  static final Table<UUID, Tag> TAGS = Table.of("tags");

  @Override
  public boolean insert(Tag tag) {
    boolean hasHome = new MemoryProjects(tx).find(tag.tenantId(), tag.projectId()).isPresent();
    return hasHome && update(tag);
  }

  @Override
  public Optional<Tag> lock(UUID tenantId, UUID projectId, UUID tagId) {
    return rows()
        .lock(tagId)
        .filter(c -> c.tenantId().equals(tenantId) && c.projectId().equals(projectId));
  }

  @Override
  public boolean update(Tag tag) {
    UUID category = tag.tagCategoryId();
    if (category != null
        && new MemoryTagCategories(tx).lock(tag.tenantId(), tag.projectId(), category).isEmpty()) {
      return false;
    }
    boolean isTaken =
        rows().values().stream()
            .anyMatch(other ->
                other.projectId().equals(tag.projectId())
                    && other.name().equals(tag.name())
                    && !other.tagId().equals(tag.tagId()));
    if (!isTaken) {
      rows().put(tag.tagId(), tag);
    }
    return !isTaken;
  }

  @Override
  public void delete(Tag tag) {
    rows().remove(tag.tagId());
    new MemoryDatasetChanges(tx).untag(tag);
  }

  @Override
  public List<Tag> list(Query query) {
    return rows().values().stream()
        .filter(
            c -> c.tenantId().equals(query.tenantId()) && c.projectId().equals(query.projectId()))
        .filter(
            c -> query.tagCategoryId() == null || query.tagCategoryId().equals(c.tagCategoryId()))
        .filter(c -> query.before() == null || c.tagId().compareTo(query.before()) < 0)
        .filter(c -> !query.except().contains(c.tagId()))
        .sorted(Comparator.comparing(Tag::tagId).reversed())
        .limit(query.limit())
        .toList();
  }

  private Rows<UUID, Tag> rows() {
    return tx.of(TAGS);
  }
}
