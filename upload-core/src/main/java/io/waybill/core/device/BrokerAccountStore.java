package io.waybill.core.device;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Who may be let in by a broker, whatever the tenant. */
public interface BrokerAccountStore {

  /**
   * Devices that are PENDING or ACTIVE and have a credential that is neither revoked nor at its
   * end, each with the newest of these, in the order of their ids.
   *
   * @param after the last id of the page before; null for the first page
   */
  List<BrokerAccount> list(@Nullable UUID after, Instant now, int limit);
}
