package io.waybill.controlapi;

import java.time.Duration;

/**
 * How background work runs.
 *
 * @param redrivePeriod pause between two looks for sessions that are due
 * @param forgetPeriod pause between two deletions of expired idempotency records
 * @param batch how much one round takes at most; a full round is followed by the next at once
 * @param stopGrace how long a round under way has to finish when we stop
 */
public record WorkerSettings(
    Duration redrivePeriod, Duration forgetPeriod, int batch, Duration stopGrace) {

  /** A batch of 16 is walked well within the minute for which its sessions are claimed. */
  public static final WorkerSettings DEFAULT =
      new WorkerSettings(Duration.ofSeconds(5), Duration.ofMinutes(10), 16, Duration.ofSeconds(10));

  public WorkerSettings {
    if (!redrivePeriod.isPositive() || !forgetPeriod.isPositive() || !stopGrace.isPositive()) {
      throw new IllegalArgumentException("Workers need positive times.");
    }
    if (batch < 1 || batch > 1000) {
      throw new IllegalArgumentException("Workers need a batch of 1 to 1000.");
    }
  }

  /** The same, looking for due sessions this often. */
  public WorkerSettings every(Duration period) {
    return new WorkerSettings(period, forgetPeriod, batch, stopGrace);
  }
}
