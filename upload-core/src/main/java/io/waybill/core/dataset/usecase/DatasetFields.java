package io.waybill.core.dataset.usecase;

import static java.util.stream.Collectors.toUnmodifiableMap;

import io.waybill.core.EntryCode;
import io.waybill.core.FieldError;
import io.waybill.core.MetadataRule;
import io.waybill.core.ReadableText;
import io.waybill.core.Refusal;
import io.waybill.core.Verdict;
import io.waybill.core.dataset.DatasetProfile;
import io.waybill.core.idempotency.Fingerprint;
import io.waybill.core.project.MetadataSchemas;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a request says of a dataset; null says nothing.
 *
 * @param metadata the whole of it
 * @param labels all of them
 * @param classification empty takes it away
 * @param tagIds all of them
 */
public record DatasetFields(
    @Nullable String name,
    @Nullable Map<String, Object> metadata,
    @Nullable Map<String, Object> labels,
    @Nullable String classification,
    @Nullable List<UUID> tagIds) {

  private static final int NAME_CHARS = 255;
  private static final int MOST_LABELS = 64;
  private static final int LABEL_CHARS = 255;
  private static final int MOST_TAGS = 100;
  private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._/-]{0,62})");
  private static final Pattern CLASSIFICATION = Pattern.compile("[A-Z][A-Z0-9_]{0,63}");

  /**
   * What fields are held against.
   *
   * @param metadata how much of it there may be, and of what
   */
  record Bounds(MetadataRule metadata, MetadataSchemas schemas) {}

  /** Says nothing but a name. */
  public static DatasetFields named(String name) {
    return new DatasetFields(name, null, null, null, null);
  }

  /** Says nothing but metadata. */
  public static DatasetFields describedBy(Map<String, Object> metadata) {
    return new DatasetFields(null, metadata, null, null, null);
  }

  /** Looks at everything that is said, but not at what its project asks. */
  Verdict<DatasetFields> check(Bounds bounds) {
    List<FieldError> errors = new ArrayList<>();
    if (name != null && name.isBlank()) {
      errors.add(new FieldError("name", EntryCode.REQUEST_FIELD_REQUIRED, "must name the dataset"));
    }
    if (name != null) {
      errors.addAll(ReadableText.check("name", name, NAME_CHARS));
    }
    if (metadata != null) {
      bounds.metadata().check("metadata", metadata, errors);
    }
    if (labels != null) {
      labels(bounds, labels, errors);
    }
    if (classification != null
        && !classification.isEmpty()
        && !CLASSIFICATION.matcher(classification).matches()) {
      errors.add(
          new FieldError(
              "classification",
              EntryCode.REQUEST_FIELD_INVALID,
              "must be 1 to 64 upper-case letters, digits and underscores, the first one a letter"));
    }
    if (tagIds != null && tagIds.size() > MOST_TAGS) {
      errors.add(
          new FieldError(
              "tag_ids", EntryCode.REQUEST_TOO_MANY, "must be at most " + MOST_TAGS + " tags"));
    }
    return errors.isEmpty() ? Verdict.ok(this) : Verdict.refused(Refusal.invalid(errors));
  }

  private static void labels(Bounds bounds, Map<String, Object> said, List<FieldError> errors) {
    bounds.metadata().check("labels", said, errors);
    if (said.size() > MOST_LABELS) {
      errors.add(
          new FieldError(
              "labels", EntryCode.REQUEST_TOO_MANY, "must be at most " + MOST_LABELS + " labels"));
    }
    said.forEach((key, value) -> {
      if (!LABEL.matcher(key).matches()) {
        errors.add(
            new FieldError(
                "labels",
                EntryCode.REQUEST_FIELD_INVALID,
                "keys must be 1 to 63 letters, digits and . _ / -, the first one a letter or digit"));
      }
      if (value instanceof String text) {
        errors.addAll(ReadableText.check("labels." + key, text, LABEL_CHARS));
      } else {
        errors.add(new FieldError("labels." + key, EntryCode.REQUEST_FIELD_TYPE, "must be a text"));
      }
    });
  }

  /** Whether the metadata is what a project asks for. */
  Verdict<DatasetFields> checkSchema(Bounds bounds, Map<String, Object> schema) {
    if (metadata == null || schema.isEmpty()) {
      return Verdict.ok(this);
    }
    List<FieldError> errors = bounds.schemas().judge("metadata", metadata, schema);
    return errors.isEmpty() ? Verdict.ok(this) : Verdict.refused(Refusal.invalid(errors));
  }

  Fingerprint addTo(Fingerprint fingerprint) {
    return fingerprint.add(name).add(metadata).add(labels).add(classification).add(tagIds);
  }

  /** What this makes of what was written before. */
  DatasetProfile over(DatasetProfile before) {
    return new DatasetProfile(
        name == null ? before.name() : name,
        metadata == null ? before.metadata() : metadata,
        labels == null ? before.labels() : texts(labels),
        classification == null
            ? before.classification()
            : classification.isEmpty() ? null : classification,
        tagIds == null ? before.tagIds() : tagIds);
  }

  private static Map<String, String> texts(Map<String, Object> labels) {
    return labels.entrySet().stream()
        .collect(toUnmodifiableMap(Map.Entry::getKey, e -> e.getValue().toString()));
  }
}
