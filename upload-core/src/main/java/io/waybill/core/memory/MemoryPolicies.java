package io.waybill.core.memory;

import io.waybill.core.policy.Policy;
import io.waybill.core.policy.PolicyStatus;
import io.waybill.core.project.PolicyStore;
import io.waybill.core.project.StoragePolicy;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

record MemoryPolicies(MemoryTransaction tx) implements PolicyStore {

  @Override
  public Optional<StoragePolicy> ofSession(UUID tenantId, UUID sessionId) {
    return Optional.ofNullable(tx.of(MemorySessions.SESSIONS).get(sessionId))
        .filter(row -> row.session().upload().owner().tenantId().equals(tenantId))
        .map(row -> Objects.requireNonNull(rules(tx, row.policyId())));
  }

  @Override
  public boolean isUsable(UUID tenantId, UUID storagePolicyId) {
    return usable(tenantId, storagePolicyId).isPresent();
  }

  /** One under which uploads can be made. */
  Optional<Policy> usable(UUID tenantId, UUID storagePolicyId) {
    return new MemoryStoragePolicies(tx)
        .find(tenantId, storagePolicyId)
        .filter(policy -> policy.profile().status() == PolicyStatus.ACTIVE);
  }

  static @Nullable StoragePolicy rules(MemoryTransaction tx, UUID storagePolicyId) {
    Policy policy = tx.of(MemoryStoragePolicies.POLICIES).get(storagePolicyId);
    return policy == null ? null : MemoryStoragePolicies.rules(policy);
  }
}
