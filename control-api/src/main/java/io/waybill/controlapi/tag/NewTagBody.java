package io.waybill.controlapi.tag;

import io.waybill.wire.JsonDocument;
import io.waybill.wire.Parsed;
import io.waybill.wire.WireLimits;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The body of {@code POST …/tags}. */
record NewTagBody(@Nullable UUID tagCategoryId, String name, @Nullable String description) {

  static Parsed<NewTagBody> read(byte[] body) {
    return JsonDocument.read(
        body,
        f ->
            new NewTagBody(
                f.uuid("tag_category_id"),
                f.requiredText("name", WireLimits.TEXT_CHARS),
                f.text("description", WireLimits.TEXT_CHARS)));
  }
}
