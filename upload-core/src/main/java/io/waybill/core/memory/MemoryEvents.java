package io.waybill.core.memory;

import io.waybill.core.event.EventStore;
import io.waybill.core.event.Facts;

record MemoryEvents(MemoryTransaction tx) implements EventStore {

  @Override
  public void append(Facts facts) {
    tx.tell(facts);
  }
}
