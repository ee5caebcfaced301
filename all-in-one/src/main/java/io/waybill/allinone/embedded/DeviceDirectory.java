package io.waybill.allinone.embedded;

import java.util.Optional;
import java.util.UUID;

/** What the broker asks the registry about whoever knocks. */
@FunctionalInterface
public interface DeviceDirectory {

  /**
   * The tenant of an active device, if this is its valid credential now; empty for every other
   * reason, which the answer does not tell. May block; an exception refuses the connection.
   */
  Optional<UUID> tenantOf(UUID deviceId, String credential);
}
