package io.waybill.agent.control;

import io.waybill.wire.ErrorBody;
import java.util.Set;

/** What the server said. */
public sealed interface Answer<R> {

  /** It did what was asked. */
  record Done<R>(R result) implements Answer<R> {}

  /** It did not, and says why. */
  record Refused<R>(ErrorBody error) implements Answer<R> {
    private static final Set<String> OF_WHO_WE_ARE =
        Set.of(
            "mqtt.identity_refused",
            "auth.api_key_missing",
            "auth.api_key_invalid",
            "auth.api_key_expired",
            "auth.tenant_inactive",
            "device.inactive");

    /** Whether it is who we are that is refused, whatever we ask. */
    public boolean turnsUsAway() {
      return OF_WHO_WE_ARE.contains(error.code());
    }
  }
}
