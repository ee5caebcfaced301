package io.waybill.postgres;

import io.waybill.core.access.ApiKeyStore;
import io.waybill.core.access.IdentityStore;
import io.waybill.core.app.Stores;
import io.waybill.core.dataset.DatasetStore;
import io.waybill.core.event.EventStore;
import io.waybill.core.idempotency.IdempotencyStore;
import io.waybill.core.project.PolicyStore;
import io.waybill.core.project.ProjectStore;
import io.waybill.core.tag.TagCategoryStore;
import io.waybill.core.upload.PartStore;
import io.waybill.core.upload.RoomStore;
import io.waybill.core.upload.SessionCensus;
import io.waybill.core.upload.SessionStore;
import io.waybill.core.upload.TaskStore;
import io.waybill.core.upload.TimelineStore;

/** The stores over one way to run statements. */
record PostgresStores(Db db, Written written) implements Stores {
  @Override
  public IdentityStore identities() {
    return new PostgresIdentityStore(db);
  }

  @Override
  public ApiKeyStore apiKeys() {
    return new PostgresApiKeyStore(db);
  }

  @Override
  public ProjectStore projects() {
    return new PostgresProjectStore(db);
  }

  @Override
  public TagCategoryStore tagCategories() {
    return new PostgresTagCategoryStore(db);
  }

  @Override
  public DatasetStore datasets() {
    return new PostgresDatasetStore(db);
  }

  @Override
  public PolicyStore policies() {
    return new PostgresPolicyStore(db);
  }

  @Override
  public RoomStore rooms() {
    return new PostgresRoomStore(db);
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
  public TimelineStore timelines() {
    return new PostgresTimelineStore(db);
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
