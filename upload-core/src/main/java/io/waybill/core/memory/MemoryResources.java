package io.waybill.core.memory;

import io.waybill.core.access.Identity;
import io.waybill.core.access.Resource;
import io.waybill.core.access.ResourceStore;
import io.waybill.core.access.Subject;
import io.waybill.core.dataset.DatasetStatus;
import io.waybill.core.policy.Policy;
import io.waybill.core.project.ProjectStatus;
import java.util.Optional;
import java.util.UUID;

record MemoryResources(MemoryTransaction tx) implements ResourceStore {

  @Override
  public Optional<Resource> find(UUID tenantId, Resource.Node node) {
    return any(node).filter(found -> found.tenantId().equals(tenantId));
  }

  private Optional<Resource> any(Resource.Node node) {
    UUID id = node.id();
    return switch (node.kind()) {
      case TENANT -> Optional.of(Resource.tenant(id));
      case PROJECT ->
          Optional.ofNullable(tx.of(MemoryProjects.PROJECTS).get(id))
              .filter(p -> p.status() != ProjectStatus.DELETED)
              .map(p -> Resource.project(p.tenantId(), id));
      case DATASET ->
          Optional.ofNullable(tx.of(MemoryDatasets.DATASETS).get(id))
              .filter(d -> d.status() != DatasetStatus.DELETED)
              .filter(d -> d.status() != DatasetStatus.PURGED)
              .map(d -> Resource.dataset(d.tenantId(), d.projectId(), id));
      case UPLOAD_TASK ->
          Optional.ofNullable(tx.of(MemoryTasks.TASKS).get(id))
              .map(row -> Resource.task(row.task().tenantId(), row.task().projectId(), id));
      case UPLOAD_SESSION ->
          Optional.ofNullable(tx.of(MemorySessions.SESSIONS).get(id))
              .map(row -> row.session().upload().resource());
      case DEVICE -> device(id);

      case TAG_CATEGORY ->
          Optional.ofNullable(tx.of(MemoryTagCategories.CATEGORIES).get(id))
              .map(category -> category.resource());
      case TAG -> Optional.ofNullable(tx.of(MemoryTags.TAGS).get(id)).map(tag -> tag.resource());
      case STORAGE_POLICY ->
          Optional.ofNullable(tx.of(MemoryStoragePolicies.POLICIES).get(id))
              .map(Policy::tenantId)
              .map(owner -> Resource.tenant(owner).under(node.kind(), id));
      case DEVICE_COMMAND,
          UPLOAD_OBJECT,
          API_KEY,
          PERMISSION_GRANT,
          PROJECT_MEMBER,
          OUTBOX_DELIVERY,
          WEBHOOK_ENDPOINT,
          RECOVERY ->
          Optional.<Resource>empty();
    };
  }

  /** One that was not registered as devices are has no project. */
  private Optional<Resource> device(UUID id) {
    return Optional.ofNullable(tx.of(MemoryIdentities.DEVICES).get(id))
        .map(known ->
            Optional.ofNullable(tx.of(MemoryDevices.DEVICES).get(id))
                .map(device -> device.resource())
                .orElseGet(() -> Resource.device(known.tenantId(), id)));
  }

  @Override
  public boolean has(UUID tenantId, Subject subject) {
    return switch (subject.kind()) {
      case USER, GROUP -> true;
      case DEVICE ->
          Optional.ofNullable(tx.of(MemoryIdentities.DEVICES).get(subject.id()))
              .map(Identity::tenantId)
              .filter(tenantId::equals)
              .isPresent();
      case API_KEY ->
          tx.of(MemoryIdentities.API_KEYS).values().stream()
              .anyMatch(key -> key.id().equals(subject.id()) && key.tenantId().equals(tenantId));
    };
  }
}
