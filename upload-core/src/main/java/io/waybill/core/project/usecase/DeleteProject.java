package io.waybill.core.project.usecase;

import io.waybill.core.ErrorCode;
import io.waybill.core.Refusal;
import io.waybill.core.Verdict;
import io.waybill.core.access.Caller;
import io.waybill.core.access.Gate;
import io.waybill.core.access.Permission;
import io.waybill.core.access.Resource;
import io.waybill.core.idempotency.Fingerprint;
import io.waybill.core.idempotency.Once;
import io.waybill.core.idempotency.Remembered;
import io.waybill.core.idempotency.RequestKey;
import io.waybill.core.project.Project;
import io.waybill.core.project.ProjectEvent;
import io.waybill.core.project.ProjectStores;
import io.waybill.core.work.Ports;
import java.time.Instant;
import java.util.UUID;

/** Takes a project away in which nothing is left. */
public final class DeleteProject {
  public static final Remembered<Deleted> REMEMBERED =
      new Remembered<>("DELETE_PROJECT", Deleted.class);

  private final Ports<? extends ProjectStores> ports;
  private final ProjectJournal journal;

  DeleteProject(Ports<? extends ProjectStores> ports) {
    this.ports = ports;
    this.journal = new ProjectJournal(ports.ids());
  }

  /** It is gone. */
  public record Deleted(UUID projectId) {}

  /** The key comes before the project, which the repeated call does not find any more. */
  public Verdict<Deleted> handle(Caller caller, RequestKey requestKey, UUID projectId) {
    Instant now = ports.now();
    Once<ProjectStores, Deleted> once =
        Once.of(REMEMBERED, caller, requestKey, Fingerprint.of(REMEMBERED).add(projectId));
    Resource project = Resource.project(caller.identity().tenantId(), projectId);
    return ports
        .work()
        .write(tx ->
            once.within(
                tx,
                now,
                before ->
                    Gate.pass(caller.identity(), Permission.PROJECT_DELETE, project, now)
                        .map(ok -> before),
                () ->
                    ProjectCommand.pass(tx, caller, Permission.PROJECT_DELETE, projectId, now)
                        .then(known -> delete(tx, caller, known, now))));
  }

  private Verdict<Deleted> delete(ProjectStores tx, Caller caller, Project known, Instant now) {
    if (!tx.projects().isEmpty(known.tenantId(), known.projectId())) {
      return Verdict.refused(
          Refusal.of(
                  ErrorCode.PROJECT_NOT_EMPTY,
                  "datasets or devices are left in the project; purge and delete them first")
              .with("project_id", known.projectId().toString()));
    }
    Project after = known.deleted(now);
    tx.projects().update(after);
    tx.events().append(journal.changed(ProjectEvent.DELETED, known, after, caller.origin()));
    return Verdict.ok(new Deleted(known.projectId()));
  }
}
