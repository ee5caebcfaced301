package io.waybill.core.memory;

import io.waybill.core.dataset.Dataset;
import io.waybill.core.dataset.DatasetStatus;
import io.waybill.core.dataset.DatasetStore;
import io.waybill.core.upload.Session;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

record MemoryDatasets(MemoryTransaction tx) implements DatasetStore {

  static final Table<UUID, Dataset> DATASETS = Table.of("datasets");

  @Override
  public Optional<Dataset> find(UUID tenantId, UUID projectId, UUID datasetId) {
    return Optional.ofNullable(tx.of(DATASETS).get(datasetId))
        .filter(d -> d.tenantId().equals(tenantId) && d.projectId().equals(projectId))
        .filter(MemoryDatasets::shows);
  }

  private static boolean shows(Dataset dataset) {
    return dataset.status() != DatasetStatus.DELETED && dataset.status() != DatasetStatus.PURGED;
  }

  @Override
  public List<Dataset> list(Query query) {
    return tx.of(DATASETS).values().stream()
        .filter(MemoryDatasets::shows)
        .filter(d -> matches(d, query))
        .sorted(Comparator.comparing(Dataset::datasetId).reversed())
        .limit(query.limit())
        .toList();
  }

  @Override
  public boolean reportChecksum(UUID tenantId, UUID datasetId, String sha256) {
    Dataset dataset = tx.of(DATASETS).lock(datasetId).orElse(null);
    if (dataset == null || !dataset.tenantId().equals(tenantId)) {
      return false;
    }
    String known = dataset.checksumSha256();
    if (known == null) {
      tx.of(DATASETS).put(datasetId, dataset.withChecksum(sha256));
    }
    return known == null || known.equals(sha256);
  }

  @Override
  public Map<UUID, UploadTarget> lockForUpload(
      UUID tenantId, UUID projectId, Set<UUID> datasetIds, Instant now) {
    return datasetIds.stream()
        .sorted()
        .flatMap(id -> tx.of(DATASETS).lock(id).stream())
        .map(Dataset::datasetId)
        .flatMap(id -> find(tenantId, projectId, id).stream())
        .collect(
            Collectors.toMap(
                Dataset::datasetId, d -> new UploadTarget(d, isUploading(d.datasetId(), now))));
  }

  private boolean isUploading(UUID datasetId, Instant now) {
    return tx.of(MemorySessions.SESSIONS).values().stream()
        .map(row -> row.session().asOf(now))
        .filter(session -> session.upload().owner().datasetId().equals(datasetId))
        .anyMatch(session ->
            switch (session) {
              case Session.Initiating s -> s.upload().expiresAt().isAfter(now);
              case Session.Open s -> true;
              case Session.Completing s -> true;
              case Session.Expired s -> false;
              case Session.Aborting s -> false;
              case Session.Completed s -> false;
              case Session.Aborted s -> false;
              case Session.Failed s -> false;
            });
  }

  private static boolean matches(Dataset dataset, Query query) {
    return dataset.tenantId().equals(query.tenantId())
        && dataset.projectId().equals(query.projectId())
        && (query.search() == null || contains(dataset.name(), query.search()))
        && (query.status() == null || dataset.status() == query.status())
        && (query.sourceDeviceId() == null
            || query.sourceDeviceId().equals(dataset.sourceDeviceId()))
        && (query.createdAfter() == null || dataset.createdAt().isAfter(query.createdAfter()))
        && (query.createdBefore() == null || dataset.createdAt().isBefore(query.createdBefore()))
        && !query.except().contains(dataset.datasetId())
        && (query.before() == null || dataset.datasetId().compareTo(query.before()) < 0);
  }

  private static boolean contains(String name, String search) {
    return name.toLowerCase(Locale.ROOT).contains(search.toLowerCase(Locale.ROOT));
  }
}
