package io.waybill.validators.reading;

import java.time.Duration;

/**
 * What looking into one file may cost.
 *
 * @param ranges requests of storage, for all readers of a file together
 * @param bytes that storage is asked for, for all readers of a file together
 * @param time that one reader may think; what storage takes to answer is not counted
 * @param heapMegabytes of the process that readers run in
 */
public record InspectionLimits(int ranges, long bytes, Duration time, int heapMegabytes) {

  public static final InspectionLimits DEFAULT =
      new InspectionLimits(64, 32L << 20, Duration.ofSeconds(60), 64);

  /** The least heap in which a reader with a full cache and an answer on its way has room. */
  private static final int LEAST_HEAP = 32;

  public InspectionLimits {
    if (ranges < 2 || ranges > 10_000) {
      throw new IllegalArgumentException("ranges must be 2 to 10000");
    }
    if (bytes < 1 << 20 || bytes > 1L << 32) {
      throw new IllegalArgumentException("bytes must be 1 MiB to 4 GiB");
    }
    if (time.toMillis() < 100 || time.compareTo(Duration.ofHours(1)) > 0) {
      throw new IllegalArgumentException("time must be 100 ms to 1 h");
    }
    if (heapMegabytes < LEAST_HEAP || heapMegabytes > 4096) {
      throw new IllegalArgumentException("heap must be 32 to 4096 MiB");
    }
  }
}
