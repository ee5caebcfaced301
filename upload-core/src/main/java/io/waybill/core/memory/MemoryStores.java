package io.waybill.core.memory;

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

/** The stores over one tx. */
record MemoryStores(MemoryTransaction tx) implements Stores {

  @Override
  public IdentityStore identities() {
    return new MemoryIdentities(tx);
  }

  @Override
  public ApiKeyStore apiKeys() {
    return new MemoryApiKeys(tx);
  }

  @Override
  public ProjectStore projects() {
    return new MemoryProjects(tx);
  }

  @Override
  public TagCategoryStore tagCategories() {
    return new MemoryTagCategories(tx);
  }

  @Override
  public DatasetStore datasets() {
    return new MemoryDatasets(tx);
  }

  @Override
  public PolicyStore policies() {
    return new MemoryPolicies(tx);
  }

  @Override
  public RoomStore rooms() {
    return new MemoryRooms(tx);
  }

  @Override
  public TaskStore tasks() {
    return new MemoryTasks(tx);
  }

  @Override
  public SessionStore sessions() {
    return new MemorySessions(tx);
  }

  @Override
  public SessionCensus census() {
    return new MemoryCensus(tx);
  }

  @Override
  public PartStore parts() {
    return new MemoryParts(tx);
  }

  @Override
  public TimelineStore timelines() {
    return new MemoryTimelines(tx);
  }

  @Override
  public EventStore events() {
    return new MemoryEvents(tx);
  }

  @Override
  public IdempotencyStore idempotency() {
    return new MemoryIdempotency(tx);
  }
}
