package io.waybill.s3;

import java.time.Duration;

/** How a thread waits; tests do not. */
interface Pause {
  void sleep(Duration time) throws InterruptedException;
}
