package io.waybill.core.access.usecase;

import io.waybill.core.access.Admission;
import io.waybill.core.access.FirstUse;
import io.waybill.core.access.IdentityStores;
import io.waybill.core.event.EventStores;
import io.waybill.core.idempotency.IdempotencyStores;
import io.waybill.core.work.Ports;
import java.time.Duration;

/** Who is calling, and what is done about who may. */
public record AccessUseCases(
    Authenticate authenticate,
    LetBearerIn letBearerIn,
    ListApiKeys listApiKeys,
    CreateApiKey createApiKey,
    RevokeApiKey revokeApiKey,
    ListPermissionGrants listPermissionGrants,
    CreatePermissionGrant createPermissionGrant,
    DeletePermissionGrant deletePermissionGrant) {

  /** The stores that access touches: its own, and those of what lies below its use cases. */
  public interface AccessStores extends IdentityStores, EventStores, IdempotencyStores {}

  /**
   * All of them over one set of ports.
   *
   * @param identityCache how long identities are cached, at most five seconds
   * @param admission how bearers are let in
   * @param firstUse hears of devices that were never seen
   */
  public static AccessUseCases over(
      Ports<? extends AccessStores> ports,
      Duration identityCache,
      Admission admission,
      FirstUse firstUse) {
    Authenticate authenticate = new Authenticate(ports, identityCache, firstUse);
    return new AccessUseCases(
        authenticate,
        new LetBearerIn(ports, authenticate, admission),
        new ListApiKeys(ports),
        new CreateApiKey(ports),
        new RevokeApiKey(ports, authenticate),
        new ListPermissionGrants(ports),
        new CreatePermissionGrant(ports, authenticate),
        new DeletePermissionGrant(ports, authenticate));
  }
}
