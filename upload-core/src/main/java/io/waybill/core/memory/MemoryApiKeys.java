package io.waybill.core.memory;

import io.waybill.core.access.ApiKey;
import io.waybill.core.access.ApiKeyStore;
import io.waybill.core.access.Identity;
import io.waybill.core.access.SubjectKind;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

record MemoryApiKeys(MemoryTransaction tx) implements ApiKeyStore {

  private static final Table<UUID, Kept> KEYS = Table.of("api_keys_made");

  private record Kept(ApiKey key, String sha256) {}

  @Override
  public void insert(ApiKey key, String sha256) {
    tx.of(KEYS).put(key.apiKeyId(), new Kept(key, sha256));
    tx.of(MemoryIdentities.API_KEYS)
        .put(
            sha256,
            new Identity(
                key.tenantId(),
                SubjectKind.API_KEY,
                key.apiKeyId(),
                key.prefix(),
                Identity.Standing.ACTIVE,
                List.of(),
                key.deviceIds()));
  }

  @Override
  public Optional<ApiKey> lock(UUID tenantId, UUID apiKeyId) {
    return tx.of(KEYS).lock(apiKeyId).map(Kept::key).filter(key -> key.tenantId().equals(tenantId));
  }

  @Override
  public void revoke(ApiKey key) {
    tx.of(KEYS)
        .lock(key.apiKeyId())
        .ifPresent(known -> {
          tx.of(KEYS).put(key.apiKeyId(), new Kept(key, known.sha256()));
          tx.of(MemoryIdentities.API_KEYS).remove(known.sha256());
        });
  }

  @Override
  public List<ApiKey> list(Query query) {
    return tx.of(KEYS).values().stream()
        .map(Kept::key)
        .filter(key -> key.tenantId().equals(query.tenantId()))
        .filter(key -> query.prefix() == null || key.prefix().startsWith(query.prefix()))
        .filter(key -> query.before() == null || key.apiKeyId().compareTo(query.before()) < 0)
        .sorted(Comparator.comparing(ApiKey::apiKeyId).reversed())
        .limit(query.limit())
        .toList();
  }

  /** The identity as it stands now: a key that has come to its end is EXPIRED. */
  static Identity asOf(MemoryTransaction tx, Identity identity, Instant now) {
    Kept kept = tx.of(KEYS).get(identity.id());
    Instant end = kept == null ? null : kept.key().expiresAt();
    return end == null || now.isBefore(end)
        ? identity
        : identity.standing(Identity.Standing.EXPIRED);
  }
}
