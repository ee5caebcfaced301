package io.waybill.workers;

import io.waybill.core.work.Pass;

/** The rounds of a job. */
@FunctionalInterface
interface Round extends AutoCloseable {

  /** One round; what it finds undone stays due. */
  Pass run() throws InterruptedException;

  /** Ends what rounds have left under way. */
  @Override
  default void close() {}
}
