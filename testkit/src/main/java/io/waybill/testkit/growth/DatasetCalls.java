package io.waybill.testkit.growth;

import io.waybill.core.app.Stores;
import io.waybill.core.dataset.DatasetFilter;
import io.waybill.core.dataset.DatasetStatus;
import io.waybill.core.dataset.DatasetStore;
import io.waybill.core.dataset.RecoveryStatus;
import io.waybill.core.dataset.ValidationStatus;
import io.waybill.testkit.growth.Crowd.Kind;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Pages of a project's datasets, filter by filter. */
final class DatasetCalls {
  private static final int MIDDLE = 500;
  private static final int SENDER = 7;
  private static final Instant LATER = Instant.parse("2100-01-01T00:00:00Z");

  private final Crowd crowd;
  private final int rows;
  private final Map<String, Consumer<Stores>> calls = new LinkedHashMap<>();

  DatasetCalls(Crowd crowd, int rows) {
    this.crowd = crowd;
    this.rows = rows;
  }

  Map<String, Consumer<Stores>> all() {
    UUID robot = crowd.world().robot().id();
    UUID device = crowd.id(Kind.DEVICE, SENDER);
    UUID deep = crowd.id(Kind.DATASET, MIDDLE);
    add("none", DatasetFilter.NONE);
    add("none, a page in the middle", DatasetFilter.NONE, deep, Set.of(), Set.of());
    add("with what is deleted", filter(null, null, null, null, null, true));
    add("all but some", DatasetFilter.NONE, null, Set.of(deep), Set.of());
    add("rare words", search("ZANZIBAR", null));
    add("words of none", search("qqqqqqqq", null));
    add("words of all", search("camera", null));
    add("words of all, a page in the middle", search("camera", null), deep, Set.of(), Set.of());
    add("words and a number", search("front-camera-500", null));
    add("rare words under a tag", search("zanzibar", crowd.rareTag()));
    add("rare words under a common tag", search("zanzibar", crowd.commonTag()));
    add("words of all under a rare tag", search("camera", crowd.rareTag()));
    add("rare status", filter(null, DatasetStatus.CREATED, null, null, null, false));
    add("common status", filter(null, DatasetStatus.READY, null, null, null, false));
    add("status of none", filter(null, DatasetStatus.DELETED, null, null, null, true));
    add("rare validation", filter(null, null, ValidationStatus.FAILED, null, null, false));
    add("common validation", filter(null, null, ValidationStatus.NOT_REQUIRED, null, null, false));
    add("validation of none", filter(null, null, ValidationStatus.PASSED, null, null, false));
    add("rare recovery", filter(null, null, null, RecoveryStatus.RECOVERY_PENDING, null, false));
    add("common recovery", filter(null, null, null, RecoveryStatus.NORMAL, null, false));
    add("rare tag", tagged(crowd.rareTag()));
    add("common tag", tagged(crowd.commonTag()));
    add("tag of none", tagged(deep));
    add("common tag, a page in the middle", tagged(crowd.commonTag()), deep, Set.of(), Set.of());
    add("a device", DatasetFilter.NONE.from(robot));
    add("another device", DatasetFilter.NONE.from(device));
    add("a key of one device", DatasetFilter.NONE, null, Set.of(), Set.of(robot));
    add("a key of two devices", DatasetFilter.NONE, null, Set.of(), Set.of(robot, device));
    add("rare words of a key of a device", search("zanzibar", null), null, Set.of(), Set.of(robot));
    add("made before all", between(null, Instant.EPOCH));
    add("made after all", between(LATER, null));
    add("made at a time", between(middle(0), middle(60)));
    purged("none", DatasetFilter.NONE);
    purged("a device", DatasetFilter.NONE.from(robot));
    purged("validation", filter(null, null, ValidationStatus.PASSED, null, null, false));
    UUID tenant = crowd.world().tenantId();
    calls.put(
        "datasets: results of validators", tx -> tx.datasets().validations(tenant, first(), rows));
    calls.put(
        "datasets: one",
        tx -> tx.datasets().find(tenant, crowd.world().project().projectId(), deep));
    return calls;
  }

  /** Of a project of which next to all was purged. */
  private void purged(String name, DatasetFilter filter) {
    DatasetStore.Query query =
        new DatasetStore.Query(
            crowd.world().tenantId(),
            crowd.id(Kind.PROJECT, 1),
            filter,
            null,
            Set.of(),
            Set.of(),
            rows);
    calls.put("datasets: beside purged ones, " + name, tx -> tx.datasets().list(query));
  }

  private UUID first() {
    return crowd.id(Kind.DATASET, 1);
  }

  /** When the one in the middle was made, and so many seconds later. */
  private Instant middle(int seconds) {
    UUID id = crowd.id(Kind.DATASET, MIDDLE);
    return Instant.ofEpochMilli(id.getMostSignificantBits() >>> 16).plusSeconds(seconds);
  }

  private static DatasetFilter between(@Nullable Instant after, @Nullable Instant before) {
    return new DatasetFilter(null, null, null, null, null, null, after, before, false);
  }

  private static DatasetFilter tagged(UUID tag) {
    return filter(null, null, null, null, tag, false);
  }

  private static DatasetFilter search(String words, @Nullable UUID tag) {
    return filter(words, null, null, null, tag, false);
  }

  private static DatasetFilter filter(
      @Nullable String search,
      @Nullable DatasetStatus status,
      @Nullable ValidationStatus validation,
      @Nullable RecoveryStatus recovery,
      @Nullable UUID tag,
      boolean deleted) {
    return new DatasetFilter(search, status, validation, recovery, tag, null, null, null, deleted);
  }

  private void add(String name, DatasetFilter filter) {
    add(name, filter, null, Set.of(), Set.of());
  }

  private void add(
      String name,
      DatasetFilter filter,
      @Nullable UUID before,
      Set<UUID> except,
      Set<UUID> onlyDevices) {
    DatasetStore.Query query =
        new DatasetStore.Query(
            crowd.world().tenantId(),
            crowd.world().project().projectId(),
            filter,
            before,
            except,
            onlyDevices,
            rows);
    calls.put("datasets: " + name, tx -> tx.datasets().list(query));
  }
}
