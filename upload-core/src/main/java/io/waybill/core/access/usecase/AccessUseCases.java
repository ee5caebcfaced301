package io.waybill.core.access.usecase;

import io.waybill.core.access.IdentityStores;
import io.waybill.core.work.Ports;
import java.time.Duration;

/** What is asked of identities. */
public record AccessUseCases(Authenticate authenticate) {

  /**
   * All of them over one set of ports.
   *
   * @param identityCache how long identities are cached, at most five seconds
   */
  public static AccessUseCases over(Ports<? extends IdentityStores> ports, Duration identityCache) {
    return new AccessUseCases(new Authenticate(ports, identityCache));
  }
}
