package io.waybill.agent.upload;

import io.waybill.agent.transfer.Width;
import java.time.Duration;

/** Looks at what moved in the last seconds, and lets the width follow. */
final class WidthWindow {

  private static final long LENGTH = Duration.ofSeconds(2).toNanos();

  private final Width width;
  private final Meter meter;
  private long start = System.nanoTime();
  private long bytes;
  private boolean full = true;
  private boolean complained;

  WidthWindow(int connections, Meter meter) {
    this.width = new Width(connections);
    this.meter = meter;
  }

  int now() {
    return width.now();
  }

  /** The store or the network complained: fewer parts from the end of this window on. */
  void complained() {
    complained = true;
  }

  /** Only a window in which all of the width was in use says what the width is worth. */
  void used(int underWay) {
    full &= underWay >= width.now();
  }

  void adapt(long now) {
    if (now - start < LENGTH) {
      return;
    }
    if (complained) {
      width.complained();
    } else if (full) {
      width.measured((meter.movedBytes() - bytes) * 1e9 / (now - start));
    }
    start = now;
    bytes = meter.movedBytes();
    full = true;
    complained = false;
  }
}
