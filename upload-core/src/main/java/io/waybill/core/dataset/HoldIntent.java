package io.waybill.core.dataset;

import io.waybill.core.storage.HoldStatus;
import java.time.Instant;

/**
 * That a store is to be told whether a dataset is held.
 *
 * @param until how long it is left to who has claimed it
 */
public record HoldIntent(Dataset dataset, Instant until) {

  /** What to tell. */
  public HoldStatus status() {
    return dataset.legalHold() == null ? HoldStatus.OFF : HoldStatus.ON;
  }
}
