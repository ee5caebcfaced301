package io.waybill.core.memory;

import io.waybill.core.dataset.Dataset;
import io.waybill.core.dataset.DatasetFilter;
import io.waybill.core.dataset.DatasetStatus;
import io.waybill.core.dataset.DatasetStore;
import io.waybill.core.dataset.ValidationResult;
import io.waybill.core.upload.Session;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

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
        .filter(d -> matches(d, query))
        .sorted(Comparator.comparing(Dataset::datasetId).reversed())
        .limit(query.limit())
        .toList();
  }

  @Override
  public List<ValidationResult> validations(UUID tenantId, UUID datasetId, int limit) {
    List<ValidationResult> said = tx.of(MemoryValidationQueue.RESULTS).get(datasetId);
    return find(tenantId, datasetId).isEmpty() || said == null
        ? List.of()
        : said.stream().limit(limit).toList();
  }

  private Optional<Dataset> find(UUID tenantId, UUID datasetId) {
    return Optional.ofNullable(tx.of(DATASETS).get(datasetId))
        .filter(dataset -> dataset.tenantId().equals(tenantId));
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
        && passes(dataset, query.filter())
        && !query.except().contains(dataset.datasetId())
        && (query.onlyDevices().isEmpty()
            || (dataset.sourceDeviceId() != null
                && query.onlyDevices().contains(dataset.sourceDeviceId())))
        && (query.before() == null || dataset.datasetId().compareTo(query.before()) < 0);
  }

  private static boolean passes(Dataset dataset, DatasetFilter filter) {
    return (shows(dataset)
            || (filter.includeDeleted() && dataset.status() == DatasetStatus.DELETED))
        && (filter.search() == null || holds(dataset, filter.search()))
        && isOrNull(filter.status(), dataset.status())
        && isOrNull(filter.validationStatus(), dataset.validationStatus())
        && isOrNull(filter.recoveryStatus(), dataset.recoveryStatus())
        && isOrNull(filter.sourceDeviceId(), dataset.sourceDeviceId())
        && isOrNull(filter.sourceDeviceCode(), dataset.sourceDeviceCode())
        && (filter.tagId() == null || dataset.profile().tagIds().contains(filter.tagId()))
        && (filter.createdAfter() == null || dataset.createdAt().isAfter(filter.createdAfter()))
        && (filter.createdBefore() == null || dataset.createdAt().isBefore(filter.createdBefore()));
  }

  private static boolean isOrNull(@Nullable Object asked, @Nullable Object is) {
    return asked == null || asked.equals(is);
  }

  private static boolean holds(Dataset dataset, String search) {
    return Stream.concat(
            Stream.of(dataset.name(), dataset.originalFilename()), words(dataset.metadata()))
        .anyMatch(text -> text.toLowerCase(Locale.ROOT).contains(search.toLowerCase(Locale.ROOT)));
  }

  private static Stream<String> words(@Nullable Object value) {
    return switch (value) {
      case Map<?, ?> map ->
          map.entrySet().stream()
              .flatMap(e -> Stream.concat(words(e.getKey()), words(e.getValue())));
      case Collection<?> items -> items.stream().flatMap(MemoryDatasets::words);
      case null, default -> Stream.of(String.valueOf(value));
    };
  }
}
