package io.waybill.core.project.usecase;

import io.waybill.core.project.ProjectStores;
import io.waybill.core.work.Ports;

/** What callers can do with projects. */
public record ProjectUseCases(ReadProjects readProjects) {

  /** All of them over one set of ports. */
  public static ProjectUseCases over(Ports<? extends ProjectStores> ports) {
    return new ProjectUseCases(new ReadProjects(ports));
  }
}
