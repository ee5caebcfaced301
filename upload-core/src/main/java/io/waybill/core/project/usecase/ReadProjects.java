package io.waybill.core.project.usecase;

import io.waybill.core.Page;
import io.waybill.core.Verdict;
import io.waybill.core.access.Authorizer;
import io.waybill.core.access.Caller;
import io.waybill.core.access.Gate;
import io.waybill.core.access.Permission;
import io.waybill.core.access.ProjectScope;
import io.waybill.core.access.ResourceKind;
import io.waybill.core.project.ProjectAnswer;
import io.waybill.core.project.ProjectGate;
import io.waybill.core.project.ProjectStores;
import io.waybill.core.work.Ports;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads projects: one, or those that the caller may view. */
public final class ReadProjects {

  private final Ports<? extends ProjectStores> ports;

  public ReadProjects(Ports<? extends ProjectStores> ports) {
    this.ports = ports;
  }

  /** One project. */
  public Verdict<ProjectAnswer> handle(Caller caller, UUID projectId) {
    Instant now = ports.now();
    UUID tenantId = caller.identity().tenantId();
    return ProjectGate.pass(ports, caller.identity(), Permission.PROJECT_VIEW, projectId, now)
        .then(ok ->
            ports
                .work()
                .read(tx ->
                    tx.projects()
                        .find(tenantId, projectId)
                        .map(project -> Verdict.ok(ProjectAnswers.of(tx, caller, project, now)))
                        .orElseGet(() -> Gate.missing(ResourceKind.PROJECT))));
  }

  /** Those that the caller may view, newest first. */
  public Verdict<Page<ProjectAnswer>> handle(Caller caller, @Nullable UUID before, int limit) {
    Instant now = ports.now();
    UUID tenantId = caller.identity().tenantId();
    ProjectScope scope = Authorizer.scope(caller.identity(), Permission.PROJECT_VIEW, now);
    List<ProjectAnswer> found =
        ports
            .work()
            .read(tx ->
                ProjectAnswers.of(
                    tx, caller, tx.projects().list(tenantId, scope, before, limit + 1), now));
    return Verdict.ok(Page.of(found, limit, ProjectAnswer::projectId));
  }
}
