package io.waybill.controlapi.dataset;

import io.waybill.core.dataset.usecase.ChangeDatasets.Item;
import io.waybill.core.dataset.usecase.DatasetFields;
import io.waybill.wire.JsonDocument;
import io.waybill.wire.JsonObjectReader;
import io.waybill.wire.Parsed;
import io.waybill.wire.WireLimits;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/** The bodies that say something of many datasets. */
final class BulkBody {
  private BulkBody() {}

  /** Of {@code PATCH …/datasets/bulk/rename}. */
  static Parsed<List<Item>> rename(byte[] body) {
    return items(body, f -> DatasetFields.named(f.requiredText("name", WireLimits.TEXT_CHARS)));
  }

  /** Of {@code PATCH …/datasets/bulk/metadata}. */
  static Parsed<List<Item>> metadata(byte[] body) {
    return items(
        body,
        f -> {
          if (!f.has("metadata")) {
            f.wrong("metadata", "request.field_required", "must be given");
          }
          return DatasetFields.describedBy(f.free("metadata"));
        });
  }

  /** Of {@code PATCH …/datasets/bulk/tags}. */
  static Parsed<List<Item>> tags(byte[] body) {
    return items(
        body,
        f -> {
          if (!f.has("tag_ids")) {
            f.wrong("tag_ids", "request.field_required", "must be given");
          }
          return new DatasetFields(
              null, null, null, null, Objects.requireNonNullElse(f.uuids("tag_ids"), List.of()));
        });
  }

  private static Parsed<List<Item>> items(
      byte[] body, Function<JsonObjectReader, DatasetFields> fields) {
    return JsonDocument.read(
        body,
        f ->
            f.requiredObjects(
                "items",
                item ->
                    new Item(
                        item.requiredUuid("dataset_id"),
                        fields.apply(item),
                        item.number("version"))));
  }
}
