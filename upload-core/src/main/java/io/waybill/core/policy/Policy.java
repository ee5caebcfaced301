package io.waybill.core.policy;

import io.waybill.core.access.Resource;
import io.waybill.core.access.ResourceKind;
import java.time.Instant;
import java.util.UUID;

/** A tenant's storage policy, as those see it who keep it. */
public record Policy(
    UUID storagePolicyId,
    UUID tenantId,
    PolicyProfile profile,
    long version,
    Instant createdAt,
    Instant updatedAt) {

  /** The same after a change. */
  public Policy changed(PolicyProfile after, Instant at) {
    return new Policy(storagePolicyId, tenantId, after, version + 1, createdAt, at);
  }

  /** The same after another one has become the default. */
  public Policy withoutDefault(Instant at) {
    return changed(profile.withoutDefault(), at);
  }

  /** What a caller must be let through to. */
  public Resource resource() {
    return Resource.tenant(tenantId).under(ResourceKind.STORAGE_POLICY, storagePolicyId);
  }
}
