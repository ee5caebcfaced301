package io.waybill.core.project;

import io.waybill.core.Verdict;
import io.waybill.core.access.Gate;
import io.waybill.core.access.Identity;
import io.waybill.core.access.Permission;
import io.waybill.core.access.Resource;
import io.waybill.core.access.ResourceKind;
import io.waybill.core.work.Ports;
import java.time.Instant;
import java.util.UUID;

/** Lets a caller through to a project. */
public final class ProjectGate {

  private ProjectGate() {}

  /** For who wants to put something into it or list what is in it. */
  public static Verdict<Resource> pass(
      Ports<? extends ProjectStores> ports,
      Identity identity,
      Permission need,
      UUID projectId,
      Instant now) {
    Resource project = Resource.project(identity.tenantId(), projectId);
    Verdict<Resource> verdict = Gate.pass(identity, need, project, now);
    return verdict instanceof Verdict.Refused && isAbsent(ports, identity, projectId)
        ? Gate.missing(ResourceKind.PROJECT)
        : verdict;
  }

  /** Asked only where a refusal or an empty list would else say that the project exists. */
  public static boolean isAbsent(
      Ports<? extends ProjectStores> ports, Identity identity, UUID projectId) {
    return ports.work().read(tx -> tx.projects().find(identity.tenantId(), projectId)).isEmpty();
  }
}
