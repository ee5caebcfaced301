package io.waybill.core.port;

/** The stores as one transaction sees them. */
public interface Transaction {

  IdentityStore identities();

  ProjectStore projects();

  DatasetStore datasets();

  TaskStore tasks();

  SessionStore sessions();

  SessionCensus census();

  PartStore parts();

  EventStore events();

  IdempotencyStore idempotency();
}
