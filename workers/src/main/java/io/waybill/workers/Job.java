package io.waybill.workers;

import java.time.Duration;

/**
 * One kind of background work.
 *
 * @param period pause between two rounds
 * @param batch things that one round takes up at most; 0 where it looks at all there are
 * @param outages says which part of the world it waits for
 * @param alarm ends the pause before a round
 */
record Job(
    String name,
    Duration period,
    int batch,
    Round round,
    JobMetrics metrics,
    OutageLog outages,
    Alarm alarm) {

  /** One that nothing wakes. */
  Job(String name, Duration period, int batch, Round round, JobMetrics metrics, OutageLog outages) {
    this(name, period, batch, round, metrics, outages, new Alarm());
  }
}
