package io.waybill.core.project.usecase;

import io.waybill.core.MetadataRule;
import io.waybill.core.project.MetadataSchemas;
import io.waybill.core.project.ProjectStores;
import io.waybill.core.work.Ports;

/** What callers can do with projects. */
public record ProjectUseCases(
    ReadProjects readProjects,
    CreateProject createProject,
    ChangeProject changeProject,
    AssignStoragePolicy assignStoragePolicy,
    ArchiveProject archiveProject,
    RestoreProject restoreProject,
    DeleteProject deleteProject) {

  /** All of them over one set of ports. */
  public static ProjectUseCases over(
      Ports<? extends ProjectStores> ports, MetadataRule metadata, MetadataSchemas schemas) {
    ProjectFields.Bounds bounds = new ProjectFields.Bounds(metadata, schemas);
    return new ProjectUseCases(
        new ReadProjects(ports),
        new CreateProject(ports, bounds),
        new ChangeProject(ports, bounds),
        new AssignStoragePolicy(ports),
        new ArchiveProject(ports),
        new RestoreProject(ports),
        new DeleteProject(ports));
  }
}
