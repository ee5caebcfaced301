package io.waybill.controlapi.tag;

import io.waybill.wire.JsonDocument;
import io.waybill.wire.Parsed;
import io.waybill.wire.WireLimits;
import org.jspecify.annotations.Nullable;

/** The body of {@code PATCH …/tag-categories/{tag_category_id}}: what is absent stays as it is. */
record TagCategoryPatch(
    @Nullable String name, @Nullable String description, @Nullable Long version) {

  static Parsed<TagCategoryPatch> read(byte[] body) {
    return JsonDocument.readOptional(
        body,
        f ->
            new TagCategoryPatch(
                f.text("name", WireLimits.TEXT_CHARS),
                f.text("description", WireLimits.TEXT_CHARS),
                f.number("version")));
  }
}
