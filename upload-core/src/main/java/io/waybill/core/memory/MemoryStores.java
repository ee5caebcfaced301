package io.waybill.core.memory;

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

/** The stores over one state. */
record MemoryStores(MemoryState state) implements Stores {

  @Override
  public IdentityStore identities() {
    return new MemoryIdentities(state);
  }

  @Override
  public ProjectStore projects() {
    return new MemoryProjects(state);
  }

  @Override
  public TagCategoryStore tagCategories() {
    return new MemoryTagCategories(state);
  }

  @Override
  public DatasetStore datasets() {
    return new MemoryDatasets(state);
  }

  @Override
  public PolicyStore policies() {
    return new MemoryPolicies(state);
  }

  @Override
  public RoomStore rooms() {
    return new MemoryRooms(state);
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
  public TimelineStore timelines() {
    return new MemoryTimelines(state);
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
