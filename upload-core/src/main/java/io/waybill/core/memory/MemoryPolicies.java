package io.waybill.core.memory;

import io.waybill.core.project.PolicyStore;
import io.waybill.core.project.StoragePolicy;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

record MemoryPolicies(MemoryTransaction tx) implements PolicyStore {

  static final Table<UUID, StoragePolicy> POLICIES = Table.of("policies");
  static final Table<UUID, UUID> TENANTS = Table.of("policy_tenants");
  static final Table<UUID, UUID> DEFAULTS = Table.of("default_policies");

  @Override
  public Optional<StoragePolicy> ofSession(UUID tenantId, UUID sessionId) {
    return Optional.ofNullable(tx.of(MemorySessions.SESSIONS).get(sessionId))
        .filter(row -> row.session().upload().owner().tenantId().equals(tenantId))
        .map(row -> Objects.requireNonNull(tx.of(POLICIES).get(row.policyId())));
  }
}
