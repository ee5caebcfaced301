package io.waybill.core.policy.usecase;

import io.waybill.core.Page;
import io.waybill.core.Verdict;
import io.waybill.core.access.Authorizer;
import io.waybill.core.access.Caller;
import io.waybill.core.access.Gate;
import io.waybill.core.access.Permission;
import io.waybill.core.access.ProjectScope;
import io.waybill.core.access.Resource;
import io.waybill.core.access.ResourceKind;
import io.waybill.core.policy.PolicyAnswer;
import io.waybill.core.policy.PolicyStores;
import io.waybill.core.work.Ports;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads storage policies: one, or those that the caller may view. */
public final class ReadPolicies {
  private final Ports<? extends PolicyStores> ports;

  ReadPolicies(Ports<? extends PolicyStores> ports) {
    this.ports = ports;
  }

  /** One policy. */
  public Verdict<PolicyAnswer> handle(Caller caller, UUID storagePolicyId) {
    UUID tenantId = caller.identity().tenantId();
    Resource policy = Resource.tenant(tenantId).under(ResourceKind.STORAGE_POLICY, storagePolicyId);
    return Gate.pass(caller.identity(), Permission.STORAGE_POLICY_VIEW, policy, ports.now())
        .then(ok ->
            ports
                .work()
                .read(tx -> tx.storagePolicies().find(tenantId, storagePolicyId))
                .map(found -> Verdict.ok(PolicyAnswer.of(found)))
                .orElseGet(() -> Gate.missing(ResourceKind.STORAGE_POLICY)));
  }

  /** Those that the caller may view, newest first. */
  public Verdict<Page<PolicyAnswer>> handle(Caller caller, @Nullable UUID before, int limit) {
    Instant now = ports.now();
    UUID tenantId = caller.identity().tenantId();
    ProjectScope scope =
        Authorizer.scope(
            caller.identity(), Permission.STORAGE_POLICY_VIEW, ResourceKind.STORAGE_POLICY, now);
    List<PolicyAnswer> found =
        ports
            .work()
            .read(tx -> tx.storagePolicies().list(tenantId, scope, before, limit + 1))
            .stream()
            .map(PolicyAnswer::of)
            .toList();
    return Verdict.ok(Page.of(found, limit, PolicyAnswer::storagePolicyId));
  }
}
