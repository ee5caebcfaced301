package io.waybill.controlapi.tag;

import io.waybill.wire.JsonDocument;
import io.waybill.wire.Parsed;
import io.waybill.wire.WireLimits;
import org.jspecify.annotations.Nullable;

/** The body of {@code POST …/tag-categories}. */
record NewTagCategoryBody(String name, @Nullable String description) {

  static Parsed<NewTagCategoryBody> read(byte[] body) {
    return JsonDocument.read(
        body,
        f ->
            new NewTagCategoryBody(
                f.requiredText("name", WireLimits.TEXT_CHARS),
                f.text("description", WireLimits.TEXT_CHARS)));
  }
}
