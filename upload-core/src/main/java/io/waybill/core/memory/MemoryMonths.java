package io.waybill.core.memory;

import io.waybill.core.event.EventMonths;

/** Maps have no months. */
record MemoryMonths() implements EventMonths {

  @Override
  public int makeAhead() {
    return 0;
  }

  @Override
  public int dropOldest() {
    return 0;
  }

  @Override
  public int dropOldestAudit() {
    return 0;
  }

  @Override
  public int dropSeals() {
    return 0;
  }
}
