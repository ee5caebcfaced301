package io.waybill.core.device;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What devices are let in by. Its device is locked whenever one is written. */
public interface CredentialStore {

  /** Adds one that was never shown, and what is kept of its secret. */
  void insert(Credential credential, CredentialHashes hashes);

  /** Those of a device that are not revoked, whether at their end or not; newest first. */
  List<Credential> live(UUID tenantId, UUID deviceId);

  /** The live one of a device with this hash. */
  Optional<Credential> find(UUID tenantId, UUID deviceId, String sha256);

  /** It was shown. */
  void use(Credential credential);

  /** Writes when it ends. */
  void end(Credential credential);

  /**
   * Nobody is found by them any more.
   *
   * @param below versions below this one; null for all
   */
  void revoke(UUID tenantId, UUID deviceId, @Nullable Integer below, Instant at);

  /** Nobody is found by it any more. */
  void revoke(Credential credential, Instant at);
}
