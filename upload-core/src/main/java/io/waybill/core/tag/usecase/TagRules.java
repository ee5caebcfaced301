package io.waybill.core.tag.usecase;

import io.waybill.core.EntryCode;
import io.waybill.core.ErrorCode;
import io.waybill.core.FieldError;
import io.waybill.core.Refusal;
import io.waybill.core.Verdict;
import io.waybill.core.tag.Tag;
import io.waybill.core.tag.TagStores;
import java.util.List;
import java.util.UUID;

/** Why a tag was not written. */
final class TagRules {
  private TagRules() {}

  /** Its category is not there, or its name is another one's. */
  static <T> Verdict<T> refused(TagStores tx, Tag tag) {
    UUID category = tag.tagCategoryId();
    boolean isLost =
        category != null
            && tx.tagCategories().lock(tag.tenantId(), tag.projectId(), category).isEmpty();
    return isLost
        ? Verdict.refused(
            Refusal.invalid(
                List.of(
                    new FieldError(
                        "tag_category_id",
                        EntryCode.TAG_CATEGORY_NOT_FOUND,
                        "the project has no such tag category"))))
        : Verdict.refused(
            Refusal.of(ErrorCode.TAG_NAME_TAKEN, "the project has another tag of this name")
                .with("project_id", tag.projectId().toString())
                .with("name", tag.name()));
  }
}
