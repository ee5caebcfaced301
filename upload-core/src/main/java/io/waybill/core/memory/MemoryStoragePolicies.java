package io.waybill.core.memory;

import io.waybill.core.access.ProjectScope;
import io.waybill.core.policy.Policy;
import io.waybill.core.policy.PolicyProfile;
import io.waybill.core.policy.PolicyProfile.Lives;
import io.waybill.core.policy.PolicyProfile.Place;
import io.waybill.core.policy.PolicyStatus;
import io.waybill.core.policy.StoragePolicyStore;
import io.waybill.core.project.StoragePolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

record MemoryStoragePolicies(MemoryTransaction tx) implements StoragePolicyStore {

  static final Table<UUID, Policy> POLICIES = Table.of("storage_policies");

  /** Whoever writes a policy holds its tenant's. */
  private static final Table<UUID, Boolean> TENANTS = Table.of("storage_policy_tenants");

  @Override
  public Optional<Policy> find(UUID tenantId, UUID storagePolicyId) {
    return Optional.ofNullable(tx.of(POLICIES).get(storagePolicyId))
        .filter(policy -> policy.tenantId().equals(tenantId));
  }

  @Override
  public boolean insert(Policy policy) {
    tx.lock(TENANTS, policy.tenantId());
    return update(policy);
  }

  @Override
  public Optional<Policy> lock(UUID tenantId, UUID storagePolicyId) {
    tx.lock(TENANTS, tenantId);
    return tx.of(POLICIES)
        .lock(storagePolicyId)
        .filter(policy -> policy.tenantId().equals(tenantId));
  }

  @Override
  public Optional<Policy> lockDefault(UUID tenantId) {
    tx.lock(TENANTS, tenantId);
    return theDefault(tx, tenantId);
  }

  static Optional<Policy> theDefault(MemoryTransaction tx, UUID tenantId) {
    return tx.of(POLICIES).values().stream()
        .filter(policy -> policy.tenantId().equals(tenantId) && policy.profile().isDefault())
        .findFirst();
  }

  @Override
  public boolean update(Policy policy) {
    boolean isTaken =
        tx.of(POLICIES).values().stream()
            .filter(other -> other.tenantId().equals(policy.tenantId()))
            .filter(other -> !other.storagePolicyId().equals(policy.storagePolicyId()))
            .anyMatch(other -> other.profile().name().equals(policy.profile().name()));
    if (!isTaken) {
      tx.of(POLICIES).put(policy.storagePolicyId(), policy);
    }
    return !isTaken;
  }

  @Override
  public List<Policy> list(UUID tenantId, ProjectScope scope, @Nullable UUID before, int limit) {
    return tx.of(POLICIES).values().stream()
        .filter(policy -> policy.tenantId().equals(tenantId))
        .filter(policy -> scope.contains(policy.storagePolicyId()))
        .filter(policy -> before == null || policy.storagePolicyId().compareTo(before) < 0)
        .sorted(Comparator.comparing(Policy::storagePolicyId).reversed())
        .limit(limit)
        .toList();
  }

  /** What uploads see of it. */
  static StoragePolicy rules(Policy policy) {
    PolicyProfile said = policy.profile();
    return new StoragePolicy(
        policy.storagePolicyId(),
        said.place().endpointRef(),
        said.place().bucket(),
        said.defaultPartSizeBytes(),
        Duration.ofSeconds(said.lives().urlSeconds()),
        seconds(said.lives().sessionSeconds()),
        seconds(said.lives().maxSessionSeconds()),
        Set.copyOf(said.contentTypes()),
        said.validationRequired(),
        said.protection(),
        said.instantUploadAllowed());
  }

  /** A policy of which only that is said what uploads see. */
  static Policy of(UUID tenantId, StoragePolicy rules, boolean isDefault) {
    PolicyProfile said =
        new PolicyProfile(
            "policy-" + rules.storagePolicyId(),
            PolicyStatus.ACTIVE,
            isDefault,
            new Place(rules.endpointRef(), rules.bucket(), null),
            rules.defaultPartSizeBytes(),
            new Lives(
                rules.urlLife().toSeconds(),
                seconds(rules.sessionLife()),
                seconds(rules.maxSessionLife()),
                null),
            rules.protection(),
            rules.contentTypes().stream().sorted().toList(),
            rules.validationRequired(),
            rules.instantUploadAllowed());
    return new Policy(rules.storagePolicyId(), tenantId, said, 1, Instant.EPOCH, Instant.EPOCH);
  }

  private static @Nullable Duration seconds(@Nullable Long seconds) {
    return seconds == null ? null : Duration.ofSeconds(seconds);
  }

  private static @Nullable Long seconds(@Nullable Duration life) {
    return life == null ? null : Long.valueOf(life.toSeconds());
  }
}
