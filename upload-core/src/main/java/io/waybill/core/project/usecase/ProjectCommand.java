package io.waybill.core.project.usecase;

import io.waybill.core.ErrorCode;
import io.waybill.core.Refusal;
import io.waybill.core.Verdict;
import io.waybill.core.access.Caller;
import io.waybill.core.access.Gate;
import io.waybill.core.access.Permission;
import io.waybill.core.access.ResourceKind;
import io.waybill.core.idempotency.Once;
import io.waybill.core.project.Project;
import io.waybill.core.project.ProjectAnswer;
import io.waybill.core.project.ProjectEvent;
import io.waybill.core.project.ProjectStores;
import io.waybill.core.work.Ports;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** The head of every command that changes a project: lock it, let the caller through, once. */
final class ProjectCommand {
  private final Ports<? extends ProjectStores> ports;
  private final ProjectJournal journal;

  ProjectCommand(Ports<? extends ProjectStores> ports) {
    this.ports = ports;
    this.journal = new ProjectJournal(ports.ids());
  }

  /**
   * What is to be changed.
   *
   * @param becomes the word for it
   */
  record Target(Caller caller, UUID projectId, ProjectEvent becomes) {}

  /** Makes of a locked project what it shall be; the same one when there is nothing to change. */
  @FunctionalInterface
  interface Change {
    Verdict<Project> of(ProjectStores tx, Project known, Instant now);
  }

  Verdict<ProjectAnswer> change(
      Target target, Once<ProjectStores, ProjectAnswer> once, Change change) {
    Instant now = ports.now();
    return ports
        .work()
        .write(tx ->
            pass(tx, target.caller(), Permission.PROJECT_UPDATE, target.projectId(), now)
                .then(known ->
                    once.within(
                        tx,
                        now,
                        () ->
                            change
                                .of(tx, known, now)
                                .then(after -> write(tx, target, known, after))
                                .map(
                                    after -> ProjectAnswers.of(tx, target.caller(), after, now)))));
  }

  static Verdict<Project> pass(
      ProjectStores tx, Caller caller, Permission need, UUID projectId, Instant now) {
    Optional<Project> found = tx.projects().lock(caller.identity().tenantId(), projectId);
    return found.isEmpty()
        ? Gate.missing(ResourceKind.PROJECT)
        : Gate.pass(caller.identity(), need, found.get().resource(), now).map(ok -> found.get());
  }

  private Verdict<Project> write(ProjectStores tx, Target target, Project known, Project after) {
    if (after.version() == known.version()) {
      return Verdict.ok(known);
    }
    if (!tx.projects().update(after)) {
      return taken(after);
    }
    tx.events().append(journal.changed(target.becomes(), known, after, target.caller().origin()));
    return Verdict.ok(after);
  }

  static <T> Verdict<T> taken(Project project) {
    return Verdict.refused(
        Refusal.of(ErrorCode.PROJECT_SLUG_TAKEN, "the tenant has another project with this slug")
            .with("slug", project.slug()));
  }
}
