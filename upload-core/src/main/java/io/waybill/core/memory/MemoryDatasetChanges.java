package io.waybill.core.memory;

import io.waybill.core.dataset.Dataset;
import io.waybill.core.dataset.DatasetChanges;
import io.waybill.core.dataset.DatasetHolds;
import io.waybill.core.dataset.DatasetStatus;
import io.waybill.core.project.Project;
import io.waybill.core.project.ProjectStatus;
import io.waybill.core.tag.Tag;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

record MemoryDatasetChanges(MemoryTransaction tx) implements DatasetChanges {

  @Override
  public boolean insert(Dataset dataset) {
    Optional<Project> home =
        new MemoryProjects(tx)
            .find(dataset.tenantId(), dataset.projectId())
            .filter(project -> project.status() == ProjectStatus.ACTIVE);
    home.ifPresent(project -> update(dataset));
    return home.isPresent();
  }

  @Override
  public Map<UUID, Dataset> lock(UUID tenantId, UUID projectId, Set<UUID> datasetIds) {
    return datasetIds.stream()
        .sorted()
        .flatMap(id -> tx.of(MemoryDatasets.DATASETS).lock(id).stream())
        .filter(d -> d.tenantId().equals(tenantId) && d.projectId().equals(projectId))
        .filter(d -> d.status() != DatasetStatus.PURGED)
        .collect(Collectors.toMap(Dataset::datasetId, d -> d));
  }

  @Override
  public void update(Dataset dataset) {
    tx.of(MemoryDatasets.DATASETS).put(dataset.datasetId(), dataset);
  }

  @Override
  public Set<UUID> tags(UUID tenantId, UUID projectId, Set<UUID> tagIds) {
    return tagIds.stream()
        .sorted()
        .flatMap(id -> new MemoryTags(tx).lock(tenantId, projectId, id).stream())
        .map(Tag::tagId)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** A tag that is gone is on nothing. */
  void untag(Tag tag) {
    tx.of(MemoryDatasets.DATASETS).values().stream()
        .filter(dataset -> dataset.profile().tagIds().contains(tag.tagId()))
        .toList()
        .forEach(dataset -> update(dataset.without(tag.tagId())));
  }

  @Override
  public DatasetHolds holds() {
    return new MemoryDatasetHolds(tx);
  }
}
