package io.waybill.controlapi.project;

import io.waybill.core.project.usecase.CreateProject;
import io.waybill.core.project.usecase.ProjectFields;
import io.waybill.wire.JsonDocument;
import io.waybill.wire.JsonObjectReader;
import io.waybill.wire.Parsed;
import io.waybill.wire.WireLimits;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The bodies that say something of a project. */
final class ProjectBody {
  private static final int DESCRIPTION_CHARS = 4000;

  private ProjectBody() {}

  /** What {@code PATCH /v1/projects/{project_id}} asks; what is absent stays as it is. */
  record Patch(ProjectFields fields, @Nullable Long version) {}

  /** Of {@code POST /v1/projects}. */
  static Parsed<CreateProject.Request> read(byte[] body) {
    return JsonDocument.read(
        body,
        f -> {
          String slug = f.requiredText("slug", WireLimits.TEXT_CHARS);
          String name = f.requiredText("name", WireLimits.TEXT_CHARS);
          return new CreateProject.Request(slug, name, fields(f, slug, name));
        });
  }

  /** Of {@code PATCH …}. */
  static Parsed<Patch> patch(byte[] body) {
    return JsonDocument.readOptional(
        body,
        f ->
            new Patch(
                fields(
                    f,
                    f.text("slug", WireLimits.TEXT_CHARS),
                    f.text("name", WireLimits.TEXT_CHARS)),
                f.number("version")));
  }

  private record Quota(@Nullable Long maxBytes, @Nullable Long maxOpenUploads) {}

  private static ProjectFields fields(
      JsonObjectReader f, @Nullable String slug, @Nullable String name) {
    Quota quota =
        f.object("quota", q -> new Quota(q.number("max_bytes"), q.number("max_open_uploads")));
    return new ProjectFields(
        slug,
        name,
        f.text("description", DESCRIPTION_CHARS),
        free(f, "metadata"),
        free(f, "metadata_schema"),
        quota == null ? null : quota.maxBytes(),
        quota == null ? null : quota.maxOpenUploads(),
        f.number("retention_days"));
  }

  private static @Nullable Map<String, Object> free(JsonObjectReader f, String name) {
    return f.has(name) ? f.free(name) : null;
  }
}
