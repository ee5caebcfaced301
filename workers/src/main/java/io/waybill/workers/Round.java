package io.waybill.workers;

import io.waybill.core.work.Pass;
import java.time.Duration;

/** The rounds of a job. */
@FunctionalInterface
interface Round extends AutoCloseable {

  /** One round; what it finds undone stays due. */
  Pass run() throws InterruptedException;

  /**
   * How long it waits for the next one.
   *
   * @param period how long it usually does
   */
  default Duration pause(Duration period) {
    return period;
  }

  /** Ends what rounds have left under way. */
  @Override
  default void close() {}
}
