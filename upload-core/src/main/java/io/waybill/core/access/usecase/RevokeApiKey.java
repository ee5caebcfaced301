package io.waybill.core.access.usecase;

import io.waybill.core.Verdict;
import io.waybill.core.access.ApiKey;
import io.waybill.core.access.Caller;
import io.waybill.core.access.Gate;
import io.waybill.core.access.Permission;
import io.waybill.core.access.ResourceKind;
import io.waybill.core.access.usecase.AccessUseCases.AccessStores;
import io.waybill.core.idempotency.Fingerprint;
import io.waybill.core.idempotency.Once;
import io.waybill.core.idempotency.Remembered;
import io.waybill.core.idempotency.RequestKey;
import io.waybill.core.work.Ports;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Ends an API key: at once in this process, within the life of the cache in every other. */
public final class RevokeApiKey {

  public static final Remembered<Revoked> REMEMBERED =
      new Remembered<>("REVOKE_API_KEY", Revoked.class);

  private final Ports<? extends AccessStores> ports;
  private final AccessJournal journal;
  private final Authenticate authenticate;

  public RevokeApiKey(Ports<? extends AccessStores> ports, Authenticate authenticate) {
    this.ports = ports;
    this.journal = new AccessJournal(ports.ids());
    this.authenticate = authenticate;
  }

  /** Nobody gets in with it any more. */
  public record Revoked(UUID apiKeyId) {}

  public Verdict<Revoked> handle(Caller caller, RequestKey requestKey, UUID apiKeyId) {
    Instant now = ports.now();
    Once<AccessStores, Revoked> once =
        Once.of(REMEMBERED, caller, requestKey, Fingerprint.of(REMEMBERED).add(apiKeyId));
    return authenticate.changing(() ->
        ports
            .work()
            .write(tx ->
                pass(tx, caller, apiKeyId, now)
                    .then(known -> once.within(tx, now, () -> revoke(tx, caller, known, now)))));
  }

  private static Verdict<ApiKey> pass(AccessStores tx, Caller caller, UUID apiKeyId, Instant now) {
    Optional<ApiKey> found = tx.apiKeys().lock(caller.identity().tenantId(), apiKeyId);
    return found.isEmpty()
        ? Gate.missing(ResourceKind.API_KEY)
        : Gate.pass(caller.identity(), Permission.API_KEY_DELETE, found.get().resource(), now)
            .map(ok -> found.get());
  }

  private Verdict<Revoked> revoke(AccessStores tx, Caller caller, ApiKey known, Instant now) {
    if (known.revokedAt() == null) {
      ApiKey after = known.revoked(now);
      tx.apiKeys().revoke(after);
      tx.events().append(journal.revoked(known, after, caller.origin(), now));
    }
    return Verdict.ok(new Revoked(known.apiKeyId()));
  }
}
