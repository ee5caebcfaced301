package io.waybill.core.project.usecase;

import io.waybill.core.access.Origin;
import io.waybill.core.event.Facts;
import io.waybill.core.event.Journal;
import io.waybill.core.project.Project;
import io.waybill.core.project.ProjectEvent;
import io.waybill.core.project.ProjectRules;
import io.waybill.core.work.IdSource;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes the rows that a change of a project leaves behind: in the audit trail only. */
final class ProjectJournal {
  private final Journal journal;

  ProjectJournal(IdSource ids) {
    this.journal = new Journal(ids);
  }

  Facts created(Project project, Origin origin) {
    return wrote(ProjectEvent.CREATED, project, origin, Map.of("after", said(project)));
  }

  /** What it was, and what it is now. */
  Facts changed(ProjectEvent what, Project before, Project after, Origin origin) {
    return wrote(what, after, origin, Map.of("before", said(before), "after", said(after)));
  }

  private Facts wrote(
      ProjectEvent what, Project after, Origin origin, Map<String, Object> details) {
    return Facts.of(journal.audit(what, after.resource(), origin, after.updatedAt(), details));
  }

  private static Map<String, Object> said(Project project) {
    ProjectRules rules = project.rules();
    Map<String, Object> said = new TreeMap<>();
    said.put("slug", project.slug());
    said.put("name", project.name());
    said.put("status", project.status().name());
    said.put("metadata", project.profile().metadata());
    said.put("metadata_schema", rules.metadataSchema());
    put(said, "description", project.profile().description());
    put(said, "storage_policy_id", project.storagePolicyId());
    put(said, "max_bytes", rules.maxBytes());
    put(said, "max_open_uploads", rules.maxOpenUploads());
    put(said, "retention_days", rules.retentionDays());
    return said;
  }

  private static void put(Map<String, Object> said, String name, @Nullable Object value) {
    if (value != null) {
      said.put(name, value instanceof java.util.UUID ? value.toString() : value);
    }
  }
}
