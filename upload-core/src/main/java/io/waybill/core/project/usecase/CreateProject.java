package io.waybill.core.project.usecase;

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
import io.waybill.core.project.ProjectAnswer;
import io.waybill.core.project.ProjectProfile;
import io.waybill.core.project.ProjectRules;
import io.waybill.core.project.ProjectStatus;
import io.waybill.core.project.ProjectStores;
import io.waybill.core.work.Ports;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/** Gives the tenant a new project, whose uploads go where the tenant's default policy says. */
public final class CreateProject {
  public static final Remembered<ProjectAnswer> REMEMBERED =
      new Remembered<>("CREATE_PROJECT", ProjectAnswer.class);

  private final Ports<? extends ProjectStores> ports;
  private final ProjectFields.Bounds bounds;
  private final ProjectJournal journal;

  CreateProject(Ports<? extends ProjectStores> ports, ProjectFields.Bounds bounds) {
    this.ports = ports;
    this.bounds = bounds;
    this.journal = new ProjectJournal(ports.ids());
  }

  /**
   * What to make.
   *
   * @param fields with a slug and a name
   */
  public record Request(String slug, String name, ProjectFields fields) {}

  public Verdict<ProjectAnswer> handle(Caller caller, RequestKey requestKey, Request request) {
    Instant now = ports.now();
    Resource tenant = Resource.tenant(caller.identity().tenantId());
    Once<ProjectStores, ProjectAnswer> once =
        Once.of(REMEMBERED, caller, requestKey, request.fields().addTo(Fingerprint.of(REMEMBERED)));
    return request
        .fields()
        .check(bounds)
        .then(ok -> Gate.pass(caller.identity(), Permission.PROJECT_CREATE, tenant, now))
        .then(ok ->
            ports.work().write(tx -> once.within(tx, now, () -> create(tx, caller, request, now))));
  }

  private Verdict<ProjectAnswer> create(
      ProjectStores tx, Caller caller, Request request, Instant now) {
    ProjectProfile blank =
        new ProjectProfile(request.slug(), request.name(), null, Map.of(), ProjectRules.NONE);
    UUID tenantId = caller.identity().tenantId();
    Project project =
        new Project(
            ports.ids().next(),
            tenantId,
            null,
            request.fields().over(blank),
            ProjectStatus.ACTIVE,
            1,
            now,
            now,
            null);
    if (!tx.projects().insert(project)) {
      return ProjectCommand.taken(project);
    }
    tx.events().append(journal.created(project, caller.origin()));
    return Verdict.ok(ProjectAnswers.of(tx, caller, project, now));
  }
}
