package io.waybill.core.memory;

import io.waybill.core.project.PolicyStore;
import io.waybill.core.project.StoragePolicy;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

record MemoryPolicies(MemoryState state) implements PolicyStore {

  @Override
  public Optional<StoragePolicy> ofSession(UUID tenantId, UUID sessionId) {
    return Optional.ofNullable(state.sessions.get(sessionId))
        .filter(row -> row.session().upload().owner().tenantId().equals(tenantId))
        .map(row -> Objects.requireNonNull(state.policies.get(row.policyId())));
  }
}
