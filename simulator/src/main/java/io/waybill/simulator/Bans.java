package io.waybill.simulator;

import io.waybill.core.access.usecase.Authenticate;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** Devices that nobody may let in any more: a little later, no process does. */
final class Bans {

  /** As long as a process may still believe the contrary, by a clock that may be set back. */
  private static final Duration NOTICED = Authenticate.LONGEST_CACHE.plus(Duration.ofSeconds(5));

  private final Map<UUID, Instant> since = new HashMap<>();

  /** Somebody was told that it is disabled. */
  void isShut(UUID device, Instant at) {
    since.putIfAbsent(device, at);
  }

  /** Somebody asks that it be let in again. */
  void mayBeLifted(UUID device) {
    since.remove(device);
  }

  /** It was served. */
  void isServed(UUID device, Instant asked) {
    Instant shut = since.get(device);
    if (shut != null && shut.plus(NOTICED).isBefore(asked)) {
      throw new Broken(
          "%s is disabled since %s and was served what it asked at %s"
              .formatted(device, shut, asked));
    }
  }
}
