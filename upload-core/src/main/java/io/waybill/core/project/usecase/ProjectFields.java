package io.waybill.core.project.usecase;

import io.waybill.core.EntryCode;
import io.waybill.core.FieldError;
import io.waybill.core.MetadataRule;
import io.waybill.core.ReadableText;
import io.waybill.core.Refusal;
import io.waybill.core.Verdict;
import io.waybill.core.idempotency.Fingerprint;
import io.waybill.core.project.MetadataSchemas;
import io.waybill.core.project.ProjectProfile;
import io.waybill.core.project.ProjectRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a request says of a project; null says nothing.
 *
 * @param description empty takes it away
 * @param metadata the whole of it
 * @param metadataSchema the whole of it; empty takes it away
 * @param maxBytes zero takes the bound away, as in the two that follow
 */
public record ProjectFields(
    @Nullable String slug,
    @Nullable String name,
    @Nullable String description,
    @Nullable Map<String, Object> metadata,
    @Nullable Map<String, Object> metadataSchema,
    @Nullable Long maxBytes,
    @Nullable Long maxOpenUploads,
    @Nullable Long retentionDays) {

  private static final Pattern SLUG = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
  private static final int NAME_CHARS = 200;
  private static final int DESCRIPTION_CHARS = 4000;
  private static final long MOST_UPLOADS = 1_000_000;
  private static final long MOST_DAYS = 36_500;

  /**
   * What fields are held against.
   *
   * @param metadata how much of it there may be, and of what
   */
  record Bounds(MetadataRule metadata, MetadataSchemas schemas) {}

  /** Looks at everything that is said. */
  Verdict<ProjectFields> check(Bounds bounds) {
    List<FieldError> errors = new ArrayList<>();
    texts(errors);
    if (metadata != null) {
      bounds.metadata().check("metadata", metadata, errors);
    }
    if (metadataSchema != null && !metadataSchema.isEmpty()) {
      int before = errors.size();
      bounds.metadata().checkSize("metadata_schema", metadataSchema, errors);
      if (errors.size() == before) {
        errors.addAll(bounds.schemas().faultsOf("metadata_schema", metadataSchema));
      }
    }
    range("quota.max_bytes", maxBytes, Long.MAX_VALUE, errors);
    range("quota.max_open_uploads", maxOpenUploads, MOST_UPLOADS, errors);
    range("retention_days", retentionDays, MOST_DAYS, errors);
    return errors.isEmpty() ? Verdict.ok(this) : Verdict.refused(Refusal.invalid(errors));
  }

  private void texts(List<FieldError> errors) {
    if (slug != null && !SLUG.matcher(slug).matches()) {
      errors.add(
          new FieldError(
              "slug",
              EntryCode.REQUEST_FIELD_INVALID,
              "must be 1 to 63 lower-case letters, digits and hyphens, the first one no hyphen"));
    }
    if (name != null && name.isBlank()) {
      errors.add(new FieldError("name", EntryCode.REQUEST_FIELD_REQUIRED, "must name the project"));
    }
    if (name != null) {
      errors.addAll(ReadableText.check("name", name, NAME_CHARS));
    }
    if (description != null) {
      errors.addAll(ReadableText.checkLong("description", description, DESCRIPTION_CHARS));
    }
  }

  private static void range(
      String field, @Nullable Long value, long most, List<FieldError> errors) {
    if (value != null && (value < 0 || value > most)) {
      errors.add(
          new FieldError(field, EntryCode.REQUEST_OUT_OF_RANGE, "must be from 0 to " + most));
    }
  }

  Fingerprint addTo(Fingerprint fingerprint) {
    return fingerprint
        .add(slug)
        .add(name)
        .add(description)
        .add(metadata)
        .add(metadataSchema)
        .add(maxBytes)
        .add(maxOpenUploads)
        .add(retentionDays);
  }

  /** What this makes of what was written before. */
  ProjectProfile over(ProjectProfile before) {
    return new ProjectProfile(
        slug == null ? before.slug() : slug,
        name == null ? before.name() : name,
        description == null ? before.description() : description.isEmpty() ? null : description,
        metadata == null ? before.metadata() : metadata,
        rules(before.rules()));
  }

  private ProjectRules rules(ProjectRules before) {
    return new ProjectRules(
        metadataSchema == null ? before.metadataSchema() : metadataSchema,
        maxBytes == null ? before.maxBytes() : bound(maxBytes),
        maxOpenUploads == null ? before.maxOpenUploads() : count(maxOpenUploads),
        retentionDays == null ? before.retentionDays() : count(retentionDays));
  }

  private static @Nullable Long bound(long value) {
    return value == 0 ? null : Long.valueOf(value);
  }

  private static @Nullable Integer count(long value) {
    return value == 0 ? null : Integer.valueOf(Math.toIntExact(value));
  }
}
