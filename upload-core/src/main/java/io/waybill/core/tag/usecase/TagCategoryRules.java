package io.waybill.core.tag.usecase;

import io.waybill.core.EntryCode;
import io.waybill.core.ErrorCode;
import io.waybill.core.FieldError;
import io.waybill.core.ReadableText;
import io.waybill.core.Refusal;
import io.waybill.core.Verdict;
import io.waybill.core.tag.TagCategory;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What may be said in a tag category. */
final class TagCategoryRules {

  private static final int NAME_CHARS = 100;
  private static final int DESCRIPTION_CHARS = 1000;

  private TagCategoryRules() {}

  /** Looks at both texts; what is null is not looked at. */
  static Verdict<Boolean> check(@Nullable String name, @Nullable String description) {
    List<FieldError> errors = new ArrayList<>();
    if (name != null && name.isBlank()) {
      errors.add(
          new FieldError("name", EntryCode.REQUEST_FIELD_REQUIRED, "must name the category"));
    }
    if (name != null) {
      errors.addAll(ReadableText.check("name", name, NAME_CHARS));
    }
    if (description != null) {
      errors.addAll(ReadableText.checkLong("description", description, DESCRIPTION_CHARS));
    }
    return errors.isEmpty() ? Verdict.ok(true) : Verdict.refused(Refusal.invalid(errors));
  }

  /** An empty text says nothing. */
  static @Nullable String textOrNull(@Nullable String text) {
    return text == null || text.isEmpty() ? null : text;
  }

  static <T> Verdict<T> taken(TagCategory category) {
    return Verdict.refused(
        Refusal.of(
                ErrorCode.TAG_CATEGORY_NAME_TAKEN,
                "the project has another tag category of this name")
            .with("project_id", category.projectId().toString())
            .with("name", category.name()));
  }
}
