package io.waybill.core.device;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the connections of devices. It is nobody's edit: no version counts it. What a
 * tenant does not have is passed over.
 */
public interface PresenceStore {

  /**
   * A device is connected.
   *
   * @param connectionId of this connection alone: only its own end makes the device offline
   * @param clientVersion of its program; null where it does not say
   */
  record Birth(
      UUID tenantId,
      UUID deviceId,
      String connectionId,
      @Nullable String clientVersion,
      Instant at) {}

  /** True when it was not connected before, as far as anybody knew. */
  boolean born(Birth birth);

  /**
   * A connection has ended. Changes nothing when the device has another one by now, or when it was
   * known.
   *
   * @return whether the device is offline by that
   */
  boolean gone(UUID tenantId, UUID deviceId, String connectionId, Instant at);

  /** A device was heard; not back in time. */
  void seen(UUID tenantId, UUID deviceId, Instant at);

  /** All devices of all tenants that are not deleted: nobody's in particular. */
  FleetCount count(Instant now);
}
