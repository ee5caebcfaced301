package io.waybill.workers;

import java.time.Duration;

/**
 * How background work runs.
 *
 * @param redrivePeriod pause between two looks for sessions that are due
 * @param forgetPeriod pause between two deletions of expired idempotency records
 * @param countPeriod pause between two counts of the sessions under way
 * @param reconcilePeriod pause between two proofs of what is counted of tenants
 * @param walkers how many sessions are walked at once, and so how much of the room for storage is
 *     background work's
 * @param recoveredPerSecond how many datasets a recovery compares with a store in a second, at most
 * @param stopGrace how long a round under way has to finish when we stop
 */
public record WorkerSettings(
    Duration redrivePeriod,
    Duration forgetPeriod,
    Duration countPeriod,
    Duration reconcilePeriod,
    int walkers,
    int recoveredPerSecond,
    Duration stopGrace) {

  /** Sixteen slow completions hold up the rest; one does not. */
  public static final WorkerSettings DEFAULT =
      new WorkerSettings(
          Duration.ofSeconds(5),
          Duration.ofMinutes(10),
          Duration.ofSeconds(30),
          Duration.ofHours(1),
          16,
          50,
          Duration.ofSeconds(10));

  public WorkerSettings {
    if (!redrivePeriod.isPositive()
        || !forgetPeriod.isPositive()
        || !countPeriod.isPositive()
        || !reconcilePeriod.isPositive()
        || !stopGrace.isPositive()) {
      throw new IllegalArgumentException("Workers need positive times.");
    }
    if (walkers < 1 || walkers > 1000) {
      throw new IllegalArgumentException("Workers walk 1 to 1000 sessions at once.");
    }
    if (recoveredPerSecond < 1 || recoveredPerSecond > 10_000) {
      throw new IllegalArgumentException("Recoveries compare 1 to 10000 datasets in a second.");
    }
  }

  /** The same, looking for due sessions this often. */
  public WorkerSettings every(Duration period) {
    return new WorkerSettings(
        period, forgetPeriod, countPeriod, reconcilePeriod, walkers, recoveredPerSecond, stopGrace);
  }

  /** The same, comparing so many datasets in a second. */
  public WorkerSettings recovering(int perSecond) {
    return new WorkerSettings(
        redrivePeriod, forgetPeriod, countPeriod, reconcilePeriod, walkers, perSecond, stopGrace);
  }
}
