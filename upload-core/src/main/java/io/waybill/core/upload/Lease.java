package io.waybill.core.upload;

import java.time.Instant;

/**
 * One worker's right to finish an intent.
 *
 * @param attempt raised by every takeover; an outcome of an older attempt is not written
 * @param until when others may take over
 */
public record Lease(int attempt, Instant until) {

  public boolean isLive(Instant now) {
    return now.isBefore(until);
  }
}
