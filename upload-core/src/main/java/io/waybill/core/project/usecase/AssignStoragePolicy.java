package io.waybill.core.project.usecase;

import io.waybill.core.EntryCode;
import io.waybill.core.FieldError;
import io.waybill.core.Refusal;
import io.waybill.core.Verdict;
import io.waybill.core.access.Authorizer;
import io.waybill.core.access.Caller;
import io.waybill.core.access.Gate;
import io.waybill.core.access.Permission;
import io.waybill.core.access.Resource;
import io.waybill.core.access.ResourceKind;
import io.waybill.core.idempotency.Fingerprint;
import io.waybill.core.idempotency.Once;
import io.waybill.core.idempotency.Remembered;
import io.waybill.core.idempotency.RequestKey;
import io.waybill.core.project.Project;
import io.waybill.core.project.ProjectAnswer;
import io.waybill.core.project.ProjectEvent;
import io.waybill.core.project.ProjectStores;
import io.waybill.core.work.Ports;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Says under which storage policy a project's uploads run from now on. */
public final class AssignStoragePolicy {
  public static final Remembered<ProjectAnswer> REMEMBERED =
      new Remembered<>("ASSIGN_STORAGE_POLICY", ProjectAnswer.class);

  private final ProjectCommand command;

  AssignStoragePolicy(Ports<? extends ProjectStores> ports) {
    this.command = new ProjectCommand(ports);
  }

  /**
   * Which one.
   *
   * @param storagePolicyId null for the tenant's default
   * @param version that the caller has read; null for whichever it is
   */
  public record Request(UUID projectId, @Nullable UUID storagePolicyId, @Nullable Long version) {}

  public Verdict<ProjectAnswer> handle(Caller caller, RequestKey requestKey, Request request) {
    Once<ProjectStores, ProjectAnswer> once =
        Once.of(
            REMEMBERED,
            caller,
            requestKey,
            Fingerprint.of(REMEMBERED)
                .add(request.projectId())
                .add(request.storagePolicyId())
                .add(request.version()));
    return command.change(
        new ProjectCommand.Target(caller, request.projectId(), ProjectEvent.STORAGE_POLICY_CHANGED),
        once,
        (tx, known, now) -> assign(tx, caller, request, known, now));
  }

  private static Verdict<Project> assign(
      ProjectStores tx, Caller caller, Request request, Project known, Instant now) {
    UUID policyId = request.storagePolicyId();
    if (request.version() != null && request.version() != known.version()) {
      return Gate.stale(ResourceKind.PROJECT, known.projectId(), known.version());
    }
    if (Objects.equals(policyId, known.storagePolicyId())) {
      return Verdict.ok(known);
    }
    return policyId == null || isThere(tx, caller, policyId, now)
        ? Verdict.ok(known.storingBy(policyId, now))
        : absent();
  }

  /** One that the caller may not view is not there for them. */
  private static boolean isThere(ProjectStores tx, Caller caller, UUID policyId, Instant now) {
    UUID tenantId = caller.identity().tenantId();
    Resource policy = Resource.tenant(tenantId).under(ResourceKind.STORAGE_POLICY, policyId);
    return Authorizer.allows(caller.identity(), Permission.STORAGE_POLICY_VIEW, policy, now)
        && tx.policies().isUsable(tenantId, policyId);
  }

  private static Verdict<Project> absent() {
    return Verdict.refused(
        Refusal.invalid(
            List.of(
                new FieldError(
                    "storage_policy_id",
                    EntryCode.STORAGE_POLICY_NOT_FOUND,
                    "there is no such storage policy"))));
  }
}
