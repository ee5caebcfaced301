package io.waybill.core.project.usecase;

import io.waybill.core.access.Authorizer;
import io.waybill.core.access.Caller;
import io.waybill.core.access.Permission;
import io.waybill.core.project.Project;
import io.waybill.core.project.ProjectAnswer;
import io.waybill.core.project.ProjectStores;
import io.waybill.core.project.ProjectUsage;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Makes the answers about projects: with what is used, and what the caller may do. */
final class ProjectAnswers {
  private ProjectAnswers() {}

  static ProjectAnswer of(ProjectStores tx, Caller caller, Project project, Instant now) {
    return of(tx, caller, List.of(project), now).getFirst();
  }

  /** One for each, in their order. */
  static List<ProjectAnswer> of(
      ProjectStores tx, Caller caller, List<Project> projects, Instant now) {
    if (projects.isEmpty()) {
      return List.of();
    }
    Map<UUID, ProjectUsage> usage =
        tx.projects().usage(projects.stream().map(Project::projectId).toList());
    return projects.stream()
        .map(project ->
            ProjectAnswer.of(
                project,
                usage.getOrDefault(project.projectId(), ProjectUsage.NONE),
                permissions(caller, project, now)))
        .toList();
  }

  private static List<String> permissions(Caller caller, Project project, Instant now) {
    return Arrays.stream(Permission.values())
        .filter(code -> Authorizer.allows(caller.identity(), code, project.resource(), now))
        .map(Permission::code)
        .sorted()
        .toList();
  }
}
