package io.waybill.core.project.usecase;

import io.waybill.core.Verdict;
import io.waybill.core.access.Caller;
import io.waybill.core.idempotency.Fingerprint;
import io.waybill.core.idempotency.Once;
import io.waybill.core.idempotency.Remembered;
import io.waybill.core.idempotency.RequestKey;
import io.waybill.core.project.ProjectAnswer;
import io.waybill.core.project.ProjectEvent;
import io.waybill.core.project.ProjectStatus;
import io.waybill.core.project.ProjectStores;
import io.waybill.core.work.Ports;
import java.util.UUID;

/** Takes no more uploads into a project, until it is restored. What is under way goes on. */
public final class ArchiveProject {
  public static final Remembered<ProjectAnswer> REMEMBERED =
      new Remembered<>("ARCHIVE_PROJECT", ProjectAnswer.class);

  private final ProjectCommand command;

  ArchiveProject(Ports<? extends ProjectStores> ports) {
    this.command = new ProjectCommand(ports);
  }

  /** One that is archived already stays as it is. */
  public Verdict<ProjectAnswer> handle(Caller caller, RequestKey requestKey, UUID projectId) {
    Once<ProjectStores, ProjectAnswer> once =
        Once.of(REMEMBERED, caller, requestKey, Fingerprint.of(REMEMBERED).add(projectId));
    return command.change(
        new ProjectCommand.Target(caller, projectId, ProjectEvent.ARCHIVED),
        once,
        (tx, known, now) ->
            Verdict.ok(known.status() == ProjectStatus.ARCHIVED ? known : known.archived(now)));
  }
}
