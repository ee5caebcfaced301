package io.waybill.core.project;

import java.util.Optional;
import java.util.UUID;

/** Storage policies. Every query is a tenant's. */
public interface PolicyStore {

  /** The policy under which the uploads of a session run. */
  Optional<StoragePolicy> ofSession(UUID tenantId, UUID sessionId);

  /** Whether uploads can be made under this policy of the tenant. */
  boolean isUsable(UUID tenantId, UUID storagePolicyId);
}
