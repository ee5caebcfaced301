package io.waybill.controlapi.dataset;

import io.waybill.core.dataset.usecase.DatasetFields;
import io.waybill.wire.JsonDocument;
import io.waybill.wire.JsonObjectReader;
import io.waybill.wire.Parsed;
import io.waybill.wire.WireLimits;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The bodies that say something of a dataset. */
final class DatasetBody {
  private DatasetBody() {}

  /** What {@code POST …/datasets} asks. */
  record New(String name, DatasetFields fields) {}

  /** What {@code PATCH …/datasets/{dataset_id}} asks; what is absent stays as it is. */
  record Patch(DatasetFields fields, @Nullable Long version) {}

  static Parsed<New> read(byte[] body) {
    return JsonDocument.read(
        body,
        f -> {
          String name = f.requiredText("name", WireLimits.TEXT_CHARS);
          return new New(name, fields(f, name));
        });
  }

  static Parsed<Patch> patch(byte[] body) {
    return JsonDocument.readOptional(
        body,
        f -> new Patch(fields(f, f.text("name", WireLimits.TEXT_CHARS)), f.number("version")));
  }

  private static DatasetFields fields(JsonObjectReader f, @Nullable String name) {
    return new DatasetFields(
        name,
        free(f, "metadata"),
        free(f, "labels"),
        f.text("classification", WireLimits.TEXT_CHARS),
        f.uuids("tag_ids"));
  }

  private static @Nullable Map<String, Object> free(JsonObjectReader f, String name) {
    return f.has(name) ? f.free(name) : null;
  }
}
