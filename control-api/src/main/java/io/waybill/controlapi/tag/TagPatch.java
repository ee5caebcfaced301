package io.waybill.controlapi.tag;

import io.waybill.wire.JsonDocument;
import io.waybill.wire.Parsed;
import io.waybill.wire.WireLimits;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The body of {@code PATCH …/tags/{tag_id}}: what is absent stays as it is. */
record TagPatch(
    @Nullable UUID tagCategoryId,
    @Nullable String name,
    @Nullable String description,
    @Nullable Long version) {

  static Parsed<TagPatch> read(byte[] body) {
    return JsonDocument.readOptional(
        body,
        f ->
            new TagPatch(
                f.uuid("tag_category_id"),
                f.text("name", WireLimits.TEXT_CHARS),
                f.text("description", WireLimits.TEXT_CHARS),
                f.number("version")));
  }
}
