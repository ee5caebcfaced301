package io.waybill.core.upload;

import io.waybill.core.access.ResourceStore;
import io.waybill.core.dataset.DatasetStores;
import io.waybill.core.idempotency.IdempotencyStores;

/** The stores that uploads touch: their own, and those of what lies below them. */
public interface UploadStores extends DatasetStores, IdempotencyStores {

  ResourceStore resources();

  RoomStore rooms();

  RateStore rates();

  TaskStore tasks();

  SessionStore sessions();

  SessionClaims claims();

  SessionCensus census();

  SweepStore sweeps();

  PartStore parts();

  TimelineStore timelines();
}
