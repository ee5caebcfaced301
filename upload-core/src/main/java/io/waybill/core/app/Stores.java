package io.waybill.core.app;

import io.waybill.core.access.IdentityStore;
import io.waybill.core.dataset.DatasetStore;
import io.waybill.core.event.EventStore;
import io.waybill.core.idempotency.IdempotencyStore;
import io.waybill.core.project.ProjectStore;
import io.waybill.core.upload.PartStore;
import io.waybill.core.upload.SessionCensus;
import io.waybill.core.upload.SessionStore;
import io.waybill.core.upload.TaskStore;

/** The stores as one transaction sees them. */
public interface Stores {

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
