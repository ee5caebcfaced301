package io.waybill.core.upload.usecase;

import io.waybill.core.upload.StandingStill;
import io.waybill.core.upload.UploadStores;
import io.waybill.core.work.Ports;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How much does not get on, for whoever watches us. */
public final class CountStandingStill {

  /** What takes longer in a state that is left within seconds is told. */
  public static final Duration LONG = Duration.ofHours(1);

  /** So long before a store drops an upload that is told. */
  public static final Duration WARNING = Duration.ofHours(2);

  private static final int MOST = 100_000;

  private final Ports<? extends UploadStores> ports;
  private final @Nullable Duration keptByStore;

  /**
   * @param keptByStore how long the store keeps an upload that is not complete; null where it does
   */
  public CountStandingStill(Ports<? extends UploadStores> ports, @Nullable Duration keptByStore) {
    this.ports = ports;
    this.keptByStore = keptByStore;
  }

  /** Each kind with its count. */
  public Map<StandingStill, Integer> handle() {
    Instant now = ports.now();
    Instant madeBefore = keptByStore == null ? Instant.EPOCH : now.minus(keptByStore).plus(WARNING);
    Map<StandingStill, Integer> found =
        ports.work().read(tx -> tx.census().standingStill(now.minus(LONG), madeBefore, MOST));
    Map<StandingStill, Integer> counts = new EnumMap<>(StandingStill.class);
    Map<StandingStill, Integer> waiting =
        ports.work().read(tx -> tx.census().waiting(now.minus(LONG), MOST));
    for (StandingStill kind : StandingStill.values()) {
      counts.put(kind, (kind.isOfSession() ? found : waiting).getOrDefault(kind, 0));
    }
    return Collections.unmodifiableMap(counts);
  }
}
