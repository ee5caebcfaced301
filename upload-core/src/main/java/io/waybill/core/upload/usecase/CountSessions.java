package io.waybill.core.upload.usecase;

import io.waybill.core.upload.SessionStatus;
import io.waybill.core.upload.UploadStores;
import io.waybill.core.work.Ports;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** How many sessions are under way, for whoever watches us. */
public final class CountSessions {

  /** The states that a session does not stay in for ever. */
  public static final Set<SessionStatus> COUNTED =
      Collections.unmodifiableSet(
          EnumSet.complementOf(
              EnumSet.of(SessionStatus.COMPLETED, SessionStatus.ABORTED, SessionStatus.FAILED)));

  /** Some hundred milliseconds of the database, whatever there is. */
  private static final int MOST = 100_000;

  private final Ports<? extends UploadStores> ports;

  public CountSessions(Ports<? extends UploadStores> ports) {
    this.ports = ports;
  }

  /** Each of {@link #COUNTED} with its count. */
  public Map<SessionStatus, Integer> handle() {
    Map<SessionStatus, Integer> found = ports.work().read(tx -> tx.census().unfinished(MOST));
    Map<SessionStatus, Integer> counts = new EnumMap<>(SessionStatus.class);
    COUNTED.forEach(status -> counts.put(status, found.getOrDefault(status, 0)));
    return Collections.unmodifiableMap(counts);
  }
}
