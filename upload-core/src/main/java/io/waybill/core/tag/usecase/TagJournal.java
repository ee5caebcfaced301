package io.waybill.core.tag.usecase;

import io.waybill.core.access.Origin;
import io.waybill.core.access.Resource;
import io.waybill.core.event.Facts;
import io.waybill.core.event.Journal;
import io.waybill.core.tag.Tag;
import io.waybill.core.tag.TagCategory;
import io.waybill.core.tag.TagEvent;
import io.waybill.core.work.IdSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Makes the rows that a change of a tag category leaves behind. */
final class TagJournal {

  private final Journal journal;

  TagJournal(IdSource ids) {
    this.journal = new Journal(ids);
  }

  /**
   * An audit row and an outbox row.
   *
   * @param after with the version and the time of what happened
   * @param details for the audit
   */
  Facts wrote(TagEvent what, TagCategory after, Origin origin, Map<String, Object> details) {
    Resource category = after.resource();
    return new Facts(
        List.of(),
        List.of(journal.audit(what, category, origin, after.updatedAt(), details)),
        List.of(
            journal.outbox(
                what,
                category,
                after.version(),
                after.updatedAt(),
                Map.of("project_id", after.projectId().toString(), "name", after.name()))));
  }

  /** What people have written about it. */
  static Map<String, Object> texts(TagCategory category) {
    String description = category.description();
    return description == null
        ? Map.of("name", category.name())
        : Map.of("name", category.name(), "description", description);
  }

  /** The same for a tag. */
  Facts wrote(TagEvent what, Tag after, Origin origin, Map<String, Object> details) {
    Resource tag = after.resource();
    return new Facts(
        List.of(),
        List.of(journal.audit(what, tag, origin, after.updatedAt(), details)),
        List.of(
            journal.outbox(
                what,
                tag,
                after.version(),
                after.updatedAt(),
                Map.of("project_id", after.projectId().toString(), "name", after.name()))));
  }

  /** What people have written about it. */
  static Map<String, Object> texts(Tag tag) {
    Map<String, Object> texts = new TreeMap<>();
    texts.put("name", tag.name());
    if (tag.description() != null) {
      texts.put("description", tag.description());
    }
    if (tag.tagCategoryId() != null) {
      texts.put("tag_category_id", tag.tagCategoryId().toString());
    }
    return texts;
  }
}
