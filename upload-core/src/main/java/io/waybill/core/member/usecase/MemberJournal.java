package io.waybill.core.member.usecase;

import io.waybill.core.access.Origin;
import io.waybill.core.access.Resource;
import io.waybill.core.event.Facts;
import io.waybill.core.event.Journal;
import io.waybill.core.member.MemberEvent;
import io.waybill.core.member.ProjectMember;
import io.waybill.core.work.IdSource;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes the rows that a change of who works in a project leaves behind: in the audit trail only.
 */
final class MemberJournal {

  private final Journal journal;

  MemberJournal(IdSource ids) {
    this.journal = new Journal(ids);
  }

  /**
   * An audit row.
   *
   * @param before null when it was none
   * @param after null when it is none any more
   */
  Facts wrote(
      MemberEvent what,
      @Nullable ProjectMember before,
      @Nullable ProjectMember after,
      Origin origin,
      Instant at) {
    Map<String, Object> details = new TreeMap<>();
    if (before != null) {
      details.put("before", said(before));
    }
    if (after != null) {
      details.put("after", said(after));
    }
    ProjectMember member = after == null ? Objects.requireNonNull(before) : after;
    return Facts.of(journal.audit(what, member.resource(), origin, at, details));
  }

  /** An audit row of a device that may work in a project from now on. */
  Facts letIn(Resource device, Resource project, Origin origin, Instant at) {
    return Facts.of(
        journal.audit(
            MemberEvent.DEVICE_LET_IN, device, origin, at, Map.of("after", said(project))));
  }

  /** An audit row of a device that may do so no more. */
  Facts shutOut(Resource device, Resource project, Origin origin, Instant at) {
    return Facts.of(
        journal.audit(
            MemberEvent.DEVICE_SHUT_OUT, device, origin, at, Map.of("before", said(project))));
  }

  private static Map<String, Object> said(Resource project) {
    return Map.of("project_id", project.self().id().toString());
  }

  private static Map<String, Object> said(ProjectMember member) {
    return Map.of(
        "project_id", member.projectId().toString(),
        "subject_type", member.subject().word(),
        "subject_id", member.subject().id().toString(),
        "role", member.role().word(),
        "status", member.status().name());
  }
}
