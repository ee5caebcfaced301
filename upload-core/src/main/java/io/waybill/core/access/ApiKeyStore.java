package io.waybill.core.access;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** API keys as people see them. Every query is a tenant's, and none answers with a hash. */
public interface ApiKeyStore {

  /**
   * Adds one.
   *
   * @param sha256 of the key, in lower-case hex: whoever has the key is found by it from now on
   */
  void insert(ApiKey key, String sha256);

  /** The key as it is now. Nobody else revokes it until the transaction ends. */
  Optional<ApiKey> lock(UUID tenantId, UUID apiKeyId);

  /** Writes when a locked one was revoked: nobody is found by it any more. */
  void revoke(ApiKey key);

  /**
   * Newest first, revoked and expired ones included. Ids are UUIDv7: their order is the order of
   * creation.
   *
   * @param prefix what the keys begin with; null for all
   * @param before the last id of the page before; null for the first page
   */
  record Query(UUID tenantId, @Nullable String prefix, @Nullable UUID before, int limit) {}

  List<ApiKey> list(Query query);
}
