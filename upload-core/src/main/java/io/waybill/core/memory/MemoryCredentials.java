package io.waybill.core.memory;

import io.waybill.core.access.Identity;
import io.waybill.core.device.Credential;
import io.waybill.core.device.CredentialHashes;
import io.waybill.core.device.CredentialStore;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

record MemoryCredentials(MemoryTransaction tx) implements CredentialStore {

  /** Those that are not revoked, by their hash. */
  private static final Table<String, Credential> LIVE = Table.of("credentials_made");

  /** What brokers keep of them, by their id. */
  private static final Table<UUID, String> BROKER = Table.of("credential_broker_hashes");

  @Override
  public void insert(Credential credential, CredentialHashes hashes) {
    tx.of(LIVE).put(hashes.sha256(), credential);
    if (hashes.broker() != null) {
      tx.of(BROKER).put(credential.credentialId(), hashes.broker());
    }
  }

  Optional<String> brokerHash(Credential credential) {
    return Optional.ofNullable(tx.of(BROKER).get(credential.credentialId()));
  }

  @Override
  public List<Credential> live(UUID tenantId, UUID deviceId) {
    return hashes(tenantId, deviceId)
        .map(hash -> tx.of(LIVE).lock(hash).orElseThrow())
        .sorted(Comparator.comparingInt(Credential::credentialVersion).reversed())
        .toList();
  }

  private Stream<String> hashes(UUID tenantId, UUID deviceId) {
    return tx.of(LIVE).keys().stream()
        .filter(hash -> find(tenantId, deviceId, hash).isPresent())
        .toList()
        .stream();
  }

  @Override
  public Optional<Credential> find(UUID tenantId, UUID deviceId, String sha256) {
    return Optional.ofNullable(tx.of(LIVE).get(sha256))
        .filter(one -> one.tenantId().equals(tenantId) && one.deviceId().equals(deviceId));
  }

  @Override
  public void use(Credential credential) {
    replace(
        new Credential(
            credential.credentialId(),
            credential.tenantId(),
            credential.deviceId(),
            credential.credentialVersion(),
            true,
            credential.endsOthers(),
            credential.issuedAt(),
            credential.expiresAt()));
  }

  @Override
  public void end(Credential credential) {
    replace(credential);
  }

  private void replace(Credential credential) {
    hashes(credential.tenantId(), credential.deviceId())
        .filter(hash -> isSame(hash, credential))
        .forEach(hash -> tx.of(LIVE).put(hash, credential));
  }

  private boolean isSame(String hash, Credential credential) {
    return find(credential.tenantId(), credential.deviceId(), hash)
        .filter(known -> known.credentialId().equals(credential.credentialId()))
        .isPresent();
  }

  @Override
  public void revoke(UUID tenantId, UUID deviceId, @Nullable Integer below, Instant at) {
    hashes(tenantId, deviceId)
        .filter(hash ->
            below == null || tx.of(LIVE).lock(hash).orElseThrow().credentialVersion() < below)
        .forEach(tx.of(LIVE)::remove);
  }

  @Override
  public void revoke(Credential credential, Instant at) {
    hashes(credential.tenantId(), credential.deviceId())
        .filter(hash -> isSame(hash, credential))
        .forEach(tx.of(LIVE)::remove);
  }

  /** Whoever is let in by this hash, with the standing that it gives. */
  static Optional<Identity> owner(MemoryTransaction tx, String sha256, Instant now) {
    Credential credential = tx.of(LIVE).get(sha256);
    Identity device =
        credential == null ? null : tx.of(MemoryIdentities.DEVICES).get(credential.deviceId());
    if (credential == null || device == null) {
      return Optional.empty();
    }
    boolean isOver = credential.expiresAt() != null && !now.isBefore(credential.expiresAt());
    boolean isNew = device.standing() == Identity.Standing.ACTIVE && !credential.isUsed();
    return Optional.of(
        isOver
            ? device.standing(Identity.Standing.EXPIRED)
            : isNew ? device.standing(Identity.Standing.PENDING) : device);
  }

  /** Whether a registered device has anything to show. */
  static boolean has(MemoryTransaction tx, UUID tenantId, UUID deviceId) {
    return new MemoryCredentials(tx).hashes(tenantId, deviceId).findAny().isPresent();
  }
}
