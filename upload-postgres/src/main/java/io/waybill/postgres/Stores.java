package io.waybill.postgres;

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

/** The stores over one way to run statements. */
record Stores(Db db, Written written) implements Transaction {
  @Override
  public IdentityStore identities() {
    return new PostgresIdentityStore(db);
  }

  @Override
  public ProjectStore projects() {
    return new PostgresProjectStore(db);
  }

  @Override
  public DatasetStore datasets() {
    return new PostgresDatasetStore(db);
  }

  @Override
  public TaskStore tasks() {
    return new PostgresTaskStore(db, written);
  }

  @Override
  public SessionStore sessions() {
    return new PostgresSessionStore(db, written);
  }

  @Override
  public SessionCensus census() {
    return new PostgresCensus(db);
  }

  @Override
  public PartStore parts() {
    return new PostgresPartStore(db, written);
  }

  @Override
  public EventStore events() {
    return new PostgresEventStore(db, written);
  }

  @Override
  public IdempotencyStore idempotency() {
    return new PostgresIdempotencyStore(db);
  }
}
