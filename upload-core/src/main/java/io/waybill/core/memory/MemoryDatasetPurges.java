package io.waybill.core.memory;

import io.waybill.core.dataset.Dataset;
import io.waybill.core.dataset.DatasetPurges;
import io.waybill.core.dataset.DatasetStatus;
import io.waybill.core.dataset.PurgeStanding;
import io.waybill.core.dataset.StoredPlace;
import io.waybill.core.memory.MemorySessions.SessionRow;
import io.waybill.core.storage.LockBypass;
import io.waybill.core.storage.ObjectLockMode;
import io.waybill.core.storage.StoredObject;
import io.waybill.core.upload.Session;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

record MemoryDatasetPurges(MemoryTransaction tx) implements DatasetPurges {

  private static final Table<UUID, Purge> PURGES = Table.of("dataset_purges");

  private record Purge(Instant requestedAt, Instant dueAt, LockBypass bypass) {}

  @Override
  public Optional<PurgeStanding> find(UUID tenantId, UUID datasetId) {
    return dataset(tenantId, datasetId)
        .map(dataset -> {
          Purge purge = tx.of(PURGES).get(datasetId);
          return new PurgeStanding(
              retentionDays(dataset),
              lockedUntil(datasetId, ObjectLockMode.COMPLIANCE),
              lockedUntil(datasetId, ObjectLockMode.GOVERNANCE),
              sessions(datasetId).anyMatch(row -> !hasEnded(row.session())),
              purge == null ? null : purge.requestedAt());
        });
  }

  private Optional<Dataset> dataset(UUID tenantId, UUID datasetId) {
    return Optional.ofNullable(tx.of(MemoryDatasets.DATASETS).get(datasetId))
        .filter(dataset -> dataset.tenantId().equals(tenantId));
  }

  @Override
  public Optional<Dataset> findPurged(UUID tenantId, UUID projectId, UUID datasetId) {
    return dataset(tenantId, datasetId)
        .filter(dataset -> dataset.projectId().equals(projectId))
        .filter(dataset -> dataset.status() == DatasetStatus.PURGED);
  }

  private @Nullable Integer retentionDays(Dataset dataset) {
    Stream<@Nullable Integer> ofPolicies =
        sessions(dataset.datasetId())
            .map(row -> tx.of(MemoryStoragePolicies.POLICIES).get(row.policyId()))
            .map(policy -> policy == null ? null : policy.profile().lives().retentionDays());
    Stream<@Nullable Integer> ofProject =
        new MemoryProjects(tx)
            .find(dataset.tenantId(), dataset.projectId()).stream()
                .map(project -> project.rules().retentionDays());
    return Stream.concat(ofPolicies, ofProject)
        .filter(Objects::nonNull)
        .max(Comparator.naturalOrder())
        .orElse(null);
  }

  private @Nullable Instant lockedUntil(UUID datasetId, ObjectLockMode mode) {
    return sessions(datasetId)
        .map(SessionRow::session)
        .filter(Session.Completed.class::isInstance)
        .filter(session -> session.upload().protection().lock() == mode)
        .map(session -> session.upload().lockedUntil())
        .filter(Objects::nonNull)
        .max(Comparator.naturalOrder())
        .orElse(null);
  }

  private Stream<SessionRow> sessions(UUID datasetId) {
    return tx.of(MemorySessions.SESSIONS).values().stream()
        .filter(row -> row.session().upload().owner().datasetId().equals(datasetId));
  }

  private static boolean hasEnded(Session session) {
    return session instanceof Session.Completed
        || session instanceof Session.Aborted
        || session instanceof Session.Failed;
  }

  @Override
  public List<StoredPlace> places(UUID tenantId, UUID datasetId) {
    return dataset(tenantId, datasetId).stream()
        .flatMap(dataset -> sessions(datasetId))
        .map(row -> row.session())
        .map(session ->
            new StoredPlace(
                session.upload().location(),
                versionOf(session),
                session.upload().protection().legalHold() || mayBeHeld(datasetId, session),
                bypass(datasetId, session)))
        .toList();
  }

  private boolean mayBeHeld(UUID datasetId, Session session) {
    return tx.of(MemoryDatasetHolds.HOLDS).get(datasetId) != null
        && MemoryCapabilities.locks(tx, session.upload().location()).orElse(false);
  }

  private LockBypass bypass(UUID datasetId, Session session) {
    Purge purge = tx.of(PURGES).get(datasetId);
    return purge == null || session.upload().protection().lock() != ObjectLockMode.GOVERNANCE
        ? LockBypass.NONE
        : purge.bypass();
  }

  private static @Nullable String versionOf(Session session) {
    StoredObject object = session instanceof Session.Completed done ? done.object() : null;
    return object == null ? null : object.versionId();
  }

  @Override
  public void request(UUID tenantId, UUID datasetId, Instant now, Instant dueAt) {
    dataset(tenantId, datasetId)
        .filter(dataset -> dataset.status() == DatasetStatus.DELETED)
        .ifPresent(dataset -> {
          Purge known = tx.of(PURGES).get(datasetId);
          tx.of(PURGES)
              .put(
                  datasetId,
                  known == null
                      ? new Purge(now, dueAt, LockBypass.NONE)
                      : new Purge(known.requestedAt(), dueAt, known.bypass()));
        });
  }

  @Override
  public void bypassLocks(UUID tenantId, UUID datasetId) {
    tx.of(PURGES)
        .change(
            datasetId,
            known ->
                known == null
                    ? null
                    : new Purge(known.requestedAt(), known.dueAt(), LockBypass.GOVERNANCE));
  }

  @Override
  public List<Dataset> claimDue(Instant now, Instant until, int limit) {
    List<UUID> due =
        tx.of(PURGES).keys().stream()
            .filter(id -> tx.of(PURGES).isFree(id) && tx.of(MemoryDatasets.DATASETS).isFree(id))
            .filter(id -> !now.isBefore(dueAt(id)))
            .sorted(Comparator.comparing(this::dueAt))
            .limit(limit)
            .toList();
    due.forEach(id ->
        tx.of(PURGES)
            .change(
                id,
                known ->
                    known == null ? null : new Purge(known.requestedAt(), until, known.bypass())));
    return due.stream()
        .flatMap(id -> Optional.ofNullable(tx.of(MemoryDatasets.DATASETS).get(id)).stream())
        .toList();
  }

  private Instant dueAt(UUID datasetId) {
    Purge purge = tx.of(PURGES).get(datasetId);
    return purge == null ? Instant.MAX : purge.dueAt();
  }

  @Override
  public void finish(Dataset purged) {
    tx.of(MemoryDatasets.DATASETS).put(purged.datasetId(), purged);
    tx.of(PURGES).remove(purged.datasetId());
    tx.of(MemoryDatasetHolds.HOLDS).remove(purged.datasetId());
  }

  int requestedBefore(Instant since, int most) {
    return (int)
        tx.of(PURGES).keys().stream()
            .filter(id -> isDeleted(id) && requestedAt(id).isBefore(since))
            .limit(most)
            .count();
  }

  private boolean isDeleted(UUID dataset) {
    Dataset known = tx.of(MemoryDatasets.DATASETS).get(dataset);
    return known != null && known.status() == DatasetStatus.DELETED;
  }

  private Instant requestedAt(UUID dataset) {
    return Objects.requireNonNull(tx.of(PURGES).get(dataset)).requestedAt();
  }
}
