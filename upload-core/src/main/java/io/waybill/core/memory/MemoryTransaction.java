package io.waybill.core.memory;

import io.waybill.core.port.DatasetStore;
import io.waybill.core.port.EventStore;
import io.waybill.core.port.IdempotencyStore;
import io.waybill.core.port.IdentityStore;
import io.waybill.core.port.PartStore;
import io.waybill.core.port.ProjectStore;
import io.waybill.core.port.SessionCensus;
import io.waybill.core.port.SessionStore;
import io.waybill.core.port.TaskStore;
import io.waybill.core.port.Transaction;

/** The stores over one state. */
record MemoryTransaction(MemoryState state) implements Transaction {

  @Override
  public IdentityStore identities() {
    return new MemoryIdentities(state);
  }

  @Override
  public ProjectStore projects() {
    return new MemoryProjects(state);
  }

  @Override
  public DatasetStore datasets() {
    return new MemoryDatasets(state);
  }

  @Override
  public TaskStore tasks() {
    return new MemoryTasks(state);
  }

  @Override
  public SessionStore sessions() {
    return new MemorySessions(state);
  }

  @Override
  public SessionCensus census() {
    return new MemoryCensus(state);
  }

  @Override
  public PartStore parts() {
    return new MemoryParts(state);
  }

  @Override
  public EventStore events() {
    return new MemoryEvents(state);
  }

  @Override
  public IdempotencyStore idempotency() {
    return new MemoryIdempotency(state);
  }
}
