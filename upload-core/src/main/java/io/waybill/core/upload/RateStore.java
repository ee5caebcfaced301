package io.waybill.core.upload;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Buckets of requests for URLs, one for each tenant and device, shared by all processes. A bucket
 * holds what is allowed in a minute, and fills evenly. A process does not ask for every request: it
 * takes some out in advance.
 */
public interface RateStore {

  /**
   * Takes as much as is wanted and there out of each bucket, in one statement; a bucket that nobody
   * knows is full. Answers for every owner.
   */
  Map<UUID, Leased> lease(List<Wanted> wanted, Instant now);

  /**
   * How much is wanted of whose bucket.
   *
   * @param perMinute what the bucket holds, and gets back in a minute
   */
  record Wanted(UUID ownerId, int perMinute, int requests) {}

  /**
   * What was taken.
   *
   * @param requests 0 when there was less than one
   * @param left in the bucket after that
   */
  record Leased(int requests, double left) {}

  /**
   * A bucket as it is kept; what it means is the same for every adapter.
   *
   * @param refilledAt never goes back: clocks of processes differ a little
   */
  record Bucket(double left, Instant refilledAt) {

    private static final double MICROS = 1e6;

    /** With what came back since. */
    public Bucket at(Instant now, int perMinute) {
      double seconds =
          Math.max(0, java.time.temporal.ChronoUnit.MICROS.between(refilledAt, now) / MICROS);
      double full = Math.min(perMinute, left + seconds * perMinute / 60);
      return new Bucket(full, now.isAfter(refilledAt) ? now : refilledAt);
    }
  }
}
