package io.waybill.simulator;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The hearts of all leases that are held. */
final class Hearts {

  private final List<Beat> beats = new ArrayList<>();

  Beat add(Beat beat) {
    beats.add(beat);
    return beat;
  }

  /** One that wants to beat; null when none does. */
  @Nullable Beat due(Instant now) {
    beats.removeIf(Beat::isOver);
    return Pick.first(beats, beat -> beat.isDue(now));
  }

  /** With its process every heart of it stops. */
  void stop(Replica dead) {
    beats.removeIf(beat -> beat.replica == dead);
  }
}
