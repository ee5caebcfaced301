package io.waybill.core.project.usecase;

import io.waybill.core.Verdict;
import io.waybill.core.access.Caller;
import io.waybill.core.access.Gate;
import io.waybill.core.access.ResourceKind;
import io.waybill.core.idempotency.Fingerprint;
import io.waybill.core.idempotency.Once;
import io.waybill.core.idempotency.Remembered;
import io.waybill.core.idempotency.RequestKey;
import io.waybill.core.project.Project;
import io.waybill.core.project.ProjectAnswer;
import io.waybill.core.project.ProjectEvent;
import io.waybill.core.project.ProjectProfile;
import io.waybill.core.project.ProjectStores;
import io.waybill.core.work.Ports;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Changes what is said of a project, and what it asks of what is put into it. */
public final class ChangeProject {
  public static final Remembered<ProjectAnswer> REMEMBERED =
      new Remembered<>("CHANGE_PROJECT", ProjectAnswer.class);

  private final ProjectCommand command;
  private final ProjectFields.Bounds bounds;

  ChangeProject(Ports<? extends ProjectStores> ports, ProjectFields.Bounds bounds) {
    this.command = new ProjectCommand(ports);
    this.bounds = bounds;
  }

  /**
   * What to change.
   *
   * @param version that the caller has read; null for whichever it is
   */
  public record Request(UUID projectId, ProjectFields fields, @Nullable Long version) {}

  public Verdict<ProjectAnswer> handle(Caller caller, RequestKey requestKey, Request request) {
    Fingerprint said =
        request
            .fields()
            .addTo(Fingerprint.of(REMEMBERED).add(request.projectId()))
            .add(request.version());
    Once<ProjectStores, ProjectAnswer> once = Once.of(REMEMBERED, caller, requestKey, said);
    return request
        .fields()
        .check(bounds)
        .then(ok ->
            command.change(
                new ProjectCommand.Target(caller, request.projectId(), ProjectEvent.UPDATED),
                once,
                (tx, known, now) -> change(request, known, now)));
  }

  private static Verdict<Project> change(Request request, Project known, Instant now) {
    if (request.version() != null && request.version() != known.version()) {
      return Gate.stale(ResourceKind.PROJECT, known.projectId(), known.version());
    }
    ProjectProfile profile = request.fields().over(known.profile());
    return Verdict.ok(profile.equals(known.profile()) ? known : known.with(profile, now));
  }
}
