package io.waybill.core.policy;

import io.waybill.core.access.ProjectScope;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Storage policies, for those who keep them. Every query is a tenant's. */
public interface StoragePolicyStore {

  Optional<Policy> find(UUID tenantId, UUID storagePolicyId);

  /** Adds one. False when another one of its tenant has its name; then nothing is written. */
  boolean insert(Policy policy);

  /**
   * The policy as it is now. Nobody else writes a policy of the tenant until the transaction ends.
   */
  Optional<Policy> lock(UUID tenantId, UUID storagePolicyId);

  /** The tenant's default, if it has one, held like a locked one. */
  Optional<Policy> lockDefault(UUID tenantId);

  /**
   * Writes a locked one as it shall be. False when another one of its tenant has its name; then
   * nothing is written.
   */
  boolean update(Policy policy);

  /**
   * Newest first. Ids are UUIDv7: their order is the order of creation.
   *
   * @param scope which ones
   * @param before the last id of the page before; null for the first page
   */
  List<Policy> list(UUID tenantId, ProjectScope scope, @Nullable UUID before, int limit);
}
