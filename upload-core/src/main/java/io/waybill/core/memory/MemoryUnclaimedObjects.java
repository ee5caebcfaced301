package io.waybill.core.memory;

import static java.util.stream.Collectors.toSet;

import io.waybill.core.dataset.Dataset;
import io.waybill.core.recovery.UnclaimedObject;
import io.waybill.core.recovery.UnclaimedObjects;
import io.waybill.core.storage.ObjectLocation;
import io.waybill.core.upload.Session;
import io.waybill.core.upload.SessionStatus;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

record MemoryUnclaimedObjects(MemoryTransaction tx) implements UnclaimedObjects {

  private static final Table<String, UnclaimedObject> OBJECTS = Table.of("unclaimed_objects");

  @Override
  public Set<String> claimed(
      UUID tenantId, Collection<UUID> datasetIds, Collection<UUID> sessionIds) {
    Stream<ObjectLocation> ofDatasets =
        datasetIds.stream()
            .map(tx.of(MemoryDatasets.DATASETS)::get)
            .filter(Objects::nonNull)
            .filter(dataset -> dataset.tenantId().equals(tenantId) && dataset.object() != null)
            .map(Dataset::location)
            .filter(Objects::nonNull);
    Stream<ObjectLocation> ofSessions =
        sessionIds.stream()
            .map(tx.of(MemorySessions.SESSIONS)::get)
            .filter(Objects::nonNull)
            .map(MemorySessions.SessionRow::session)
            .filter(session -> session.upload().owner().tenantId().equals(tenantId))
            .filter(MemoryUnclaimedObjects::isAboutTo)
            .map(session -> session.upload().location());
    return Stream.concat(ofDatasets, ofSessions).map(ObjectLocation::key).collect(toSet());
  }

  private static boolean isAboutTo(Session session) {
    return session.status() == SessionStatus.INITIATING
        || session.status() == SessionStatus.COMPLETING;
  }

  @Override
  public void register(List<UnclaimedObject> objects) {
    for (UnclaimedObject object : objects) {
      UnclaimedObject known = tx.of(OBJECTS).get(object.location().toString());
      tx.of(OBJECTS)
          .put(object.location().toString(), known == null ? object : again(known, object));
    }
  }

  private static UnclaimedObject again(UnclaimedObject known, UnclaimedObject now) {
    return new UnclaimedObject(
        known.objectId(),
        known.tenantId(),
        now.recoveryId(),
        known.location(),
        now.sizeBytes(),
        now.etag(),
        known.datasetId(),
        known.sessionId(),
        known.foundAt());
  }

  @Override
  public void forget(UUID tenantId, Collection<ObjectLocation> claimed) {
    claimed.forEach(location -> tx.of(OBJECTS).remove(location.toString()));
  }

  @Override
  public List<UnclaimedObject> list(
      UUID tenantId, UUID recoveryId, @Nullable UUID before, int limit) {
    return of(recoveryId)
        .filter(object -> object.tenantId().equals(tenantId))
        .filter(object -> before == null || object.objectId().compareTo(before) < 0)
        .sorted(Comparator.comparing(UnclaimedObject::objectId).reversed())
        .limit(limit)
        .toList();
  }

  long count(UUID recoveryId) {
    return of(recoveryId).count();
  }

  private Stream<UnclaimedObject> of(UUID recoveryId) {
    return tx.of(OBJECTS).values().stream()
        .filter(object -> object.recoveryId().equals(recoveryId));
  }
}
