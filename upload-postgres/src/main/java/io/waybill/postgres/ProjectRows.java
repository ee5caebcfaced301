package io.waybill.postgres;

import io.waybill.core.project.Project;
import io.waybill.core.project.ProjectProfile;
import io.waybill.core.project.ProjectRules;
import io.waybill.core.project.ProjectStatus;
import io.waybill.core.project.StoragePolicy;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Rows of {@code projects} and {@code storage_policies}, as joined statements give them. */
final class ProjectRows {
  private static final String PROJECT =
      """
      p.id as p_id, p.tenant_id as p_tenant_id, p.storage_policy_id as p_storage_policy_id, p.slug as p_slug,
      p.name as p_name, p.description as p_description, p.status as p_status, p.metadata as p_metadata,
      p.version as p_version, p.created_at as p_created_at, p.updated_at as p_updated_at,
      p.archived_at as p_archived_at, p.metadata_schema as p_metadata_schema, p.max_bytes as p_max_bytes,
      p.max_open_uploads as p_max_open_uploads, p.retention_days as p_retention_days\
      """;

  private static final String POLICY =
      """
      y.id as y_id, y.endpoint_ref as y_endpoint_ref, y.bucket as y_bucket,
      y.default_part_size_bytes as y_default_part_size_bytes, y.url_life_seconds as y_url_life_seconds,
      y.session_life_seconds as y_session_life_seconds, y.max_session_life_seconds as y_max_session_life_seconds,
      to_jsonb(y.content_types) as y_content_types, y.validation_required as y_validation_required,
      y.checksum_mode as y_checksum_mode, y.encryption_mode as y_encryption_mode, y.kms_key_ref as y_kms_key_ref,
      y.object_lock_mode as y_object_lock_mode, y.object_lock_days as y_object_lock_days,
      y.legal_hold_default as y_legal_hold_default, y.instant_upload_allowed as y_instant_upload_allowed\
      """;

  private ProjectRows() {}

  /** A statement in which {@code {project}} and {@code {policy}} stand for these columns. */
  static Sql sql(String name, String text) {
    return Sql.of(name, text.replace("{project}", PROJECT).replace("{policy}", POLICY));
  }

  static Project project(Row joined) {
    Row row = joined.of("p_");
    return new Project(
        row.id("id"),
        row.id("tenant_id"),
        row.idOrNull("storage_policy_id"),
        new ProjectProfile(
            row.text("slug"),
            row.text("name"),
            row.textOrNull("description"),
            row.map("metadata"),
            rules(row)),
        row.symbol("status", ProjectStatus.class),
        row.number("version"),
        row.time("created_at"),
        row.time("updated_at"),
        row.timeOrNull("archived_at"));
  }

  private static ProjectRules rules(Row row) {
    return new ProjectRules(
        row.map("metadata_schema"),
        row.isNull("max_bytes") ? null : Long.valueOf(row.number("max_bytes")),
        row.isNull("max_open_uploads") ? null : Integer.valueOf(row.count("max_open_uploads")),
        row.isNull("retention_days") ? null : Integer.valueOf(row.count("retention_days")));
  }

  static StoragePolicy policy(Row joined) {
    Row row = joined.of("y_");
    return new StoragePolicy(
        row.id("id"),
        row.text("endpoint_ref"),
        row.text("bucket"),
        row.number("default_part_size_bytes"),
        Duration.ofSeconds(row.number("url_life_seconds")),
        secondsOrNull(row, "session_life_seconds"),
        secondsOrNull(row, "max_session_life_seconds"),
        Set.copyOf(row.list("content_types", String.class)),
        row.flag("validation_required"),
        PolicyRows.protection(row, "legal_hold_default"),
        row.flag("instant_upload_allowed"));
  }

  static @Nullable Duration secondsOrNull(Row row, String column) {
    return row.isNull(column) ? null : Duration.ofSeconds(row.number(column));
  }
}
