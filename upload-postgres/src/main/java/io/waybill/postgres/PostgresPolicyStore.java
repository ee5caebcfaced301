package io.waybill.postgres;

import io.waybill.core.project.PolicyStore;
import io.waybill.core.project.StoragePolicy;
import java.util.Optional;
import java.util.UUID;

/** {@code storage_policies}. */
final class PostgresPolicyStore implements PolicyStore {
  private final Db db;

  PostgresPolicyStore(Db db) {
    this.db = db;
  }

  private static final Sql POLICY_OF =
      ProjectRows.sql(
          "projects.policy_of",
          """
          select {policy} from upload_sessions s
          join storage_policies y on y.tenant_id = s.tenant_id and y.id = s.storage_policy_id
          where s.id = :session and s.tenant_id = :tenant
          """);

  @Override
  public Optional<StoragePolicy> ofSession(UUID tenantId, UUID sessionId) {
    return db.one(
        POLICY_OF.with("session", sessionId).with("tenant", tenantId), ProjectRows::policy);
  }

  private static final Sql IS_USABLE =
      Sql.of(
          "projects.policy_is_usable",
          """
          select y.id from storage_policies y
          where y.tenant_id = :tenant and y.id = :policy and y.status = 'ACTIVE'
          """);

  @Override
  public boolean isUsable(UUID tenantId, UUID storagePolicyId) {
    return db.one(IS_USABLE.with("tenant", tenantId).with("policy", storagePolicyId), row -> true)
        .isPresent();
  }
}
