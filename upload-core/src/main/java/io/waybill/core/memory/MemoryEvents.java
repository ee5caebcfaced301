package io.waybill.core.memory;

import io.waybill.core.event.EventStore;
import io.waybill.core.event.Facts;

record MemoryEvents(MemoryState state) implements EventStore {

  @Override
  public void append(Facts facts) {
    state.facts = state.facts.and(facts);
  }
}
