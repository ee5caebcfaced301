package io.waybill.core.access.usecase;

import io.waybill.core.access.IdentityStores;
import io.waybill.core.event.EventStores;
import io.waybill.core.idempotency.IdempotencyStores;
import io.waybill.core.work.Ports;
import java.time.Duration;

/** Who is calling, and what is done about who may. */
public record AccessUseCases(
    Authenticate authenticate,
    ListApiKeys listApiKeys,
    CreateApiKey createApiKey,
    RevokeApiKey revokeApiKey) {

  /** The stores that access touches: its own, and those of what lies below its use cases. */
  public interface AccessStores extends IdentityStores, EventStores, IdempotencyStores {}

  /**
   * All of them over one set of ports.
   *
   * @param identityCache how long identities are cached, at most five seconds
   */
  public static AccessUseCases over(Ports<? extends AccessStores> ports, Duration identityCache) {
    Authenticate authenticate = new Authenticate(ports, identityCache);
    return new AccessUseCases(
        authenticate,
        new ListApiKeys(ports),
        new CreateApiKey(ports),
        new RevokeApiKey(ports, authenticate));
  }
}
