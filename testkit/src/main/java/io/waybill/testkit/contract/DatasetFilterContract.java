package io.waybill.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.dataset.Dataset;
import io.waybill.core.dataset.DatasetFile;
import io.waybill.core.dataset.DatasetFilter;
import io.waybill.core.dataset.DatasetPreview;
import io.waybill.core.dataset.DatasetProfile;
import io.waybill.core.dataset.DatasetStanding;
import io.waybill.core.dataset.DatasetStatus;
import io.waybill.core.dataset.DatasetStore;
import io.waybill.core.dataset.RecoveryStatus;
import io.waybill.core.dataset.ValidationStatus;
import io.waybill.core.tag.Tag;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * All filters of {@link DatasetStore#list} in any combination, against one that is easy to read.
 */
public abstract class DatasetFilterContract extends PortContract {
  private static final int DATASETS = 80;
  private static final int QUERIES = 400;
  private static final long SEED = 20261129;

  /** Metadata are searched as their JSON has them. */
  private static final List<String> PLAIN_WORDS =
      List.of("front", "FRONT-2", "Halle 7", "müll", "a%b_c", "run");

  private static final List<String> WORDS =
      Stream.concat(PLAIN_WORDS.stream(), Stream.of("x\\y\"z")).toList();

  private final Random random = new Random(SEED);
  private final List<UUID> tags = new ArrayList<>();

  @Test
  void pages_hold_what_all_filters_let_through() {
    Stream.of("shift", "rain").forEach(name -> tags.add(tag(name)));
    List<Dataset> rows = new ArrayList<>();
    for (int n = 0; n < DATASETS; n++) {
      rows.add(added(n));
    }
    rows.sort(Comparator.comparing(Dataset::datasetId, DatasetFilterContract::unsigned).reversed());
    int found = 0;
    for (int n = 0; n < QUERIES; n++) {
      DatasetFilter filter = filter();
      Set<UUID> except = random.nextInt(4) == 0 ? someOf(rows) : Set.of();
      Set<UUID> devices = random.nextInt(4) == 0 ? Set.of(device()) : Set.of();
      List<UUID> expected =
          rows.stream()
              .filter(row -> !except.contains(row.datasetId()))
              .filter(row -> devices.isEmpty() || contains(devices, row.sourceDeviceId()))
              .filter(row -> passes(row, filter))
              .map(Dataset::datasetId)
              .toList();

      assertThat(paged(filter, except, devices, 1 + random.nextInt(9)))
          .as("query %d of seed %d: %s but %s of %s", n, SEED, filter, except, devices)
          .isEqualTo(expected);
      found += expected.size();
    }
    assertThat(found).as("found in all queries").isGreaterThan(QUERIES);
  }

  /** Page after page until there is no more. */
  private List<UUID> paged(DatasetFilter filter, Set<UUID> except, Set<UUID> devices, int limit) {
    List<UUID> all = new ArrayList<>();
    UUID before = null;
    while (true) {
      DatasetStore.Query query =
          new DatasetStore.Query(
              world.tenantId(),
              world.project().projectId(),
              filter,
              before,
              except,
              devices,
              limit);
      List<UUID> page =
          read(tx -> tx.datasets().list(query)).stream().map(Dataset::datasetId).toList();
      all.addAll(page);
      if (page.size() < limit) {
        return all;
      }
      before = page.getLast();
    }
  }

  private static boolean passes(Dataset row, DatasetFilter filter) {
    boolean isDeleted = row.status() == DatasetStatus.DELETED;
    return (!isDeleted || filter.includeDeleted())
        && (filter.search() == null || holds(row, filter.search()))
        && (filter.status() == null || filter.status() == row.status())
        && (filter.validationStatus() == null
            || filter.validationStatus() == row.validationStatus())
        && (filter.recoveryStatus() == null || filter.recoveryStatus() == row.recoveryStatus())
        && (filter.tagId() == null || row.profile().tagIds().contains(filter.tagId()))
        && (filter.sourceDeviceId() == null || filter.sourceDeviceId().equals(row.sourceDeviceId()))
        && (filter.sourceDeviceCode() == null
            || filter.sourceDeviceCode().equals(row.sourceDeviceCode()))
        && (filter.createdAfter() == null || row.createdAt().isAfter(filter.createdAfter()))
        && (filter.createdBefore() == null || row.createdAt().isBefore(filter.createdBefore()));
  }

  private static boolean holds(Dataset row, String search) {
    String looked = search.toLowerCase(Locale.ROOT);
    return Stream.concat(
            Stream.of(row.name()), row.metadata().values().stream().map(String::valueOf))
        .anyMatch(text -> text.toLowerCase(Locale.ROOT).contains(looked));
  }

  private static boolean contains(Set<UUID> devices, @Nullable UUID device) {
    return device != null && devices.contains(device);
  }

  private DatasetFilter filter() {
    DatasetFilter filter =
        new DatasetFilter(
            maybe(() -> one(WORDS)),
            maybe(() -> one(List.of(DatasetStatus.values()))),
            maybe(() -> one(List.of(ValidationStatus.NOT_REQUIRED, ValidationStatus.FAILED))),
            maybe(() -> one(List.of(RecoveryStatus.NORMAL, RecoveryStatus.RECOVERY_PENDING))),
            maybe(() -> random.nextInt(5) == 0 ? Ids.next() : one(tags)),
            maybe(this::device),
            maybe(this::moment),
            maybe(this::moment),
            random.nextBoolean());
    return filter.by(maybe(() -> one(List.of(world.robot().label(), "robot-0"))));
  }

  private <T> @Nullable T maybe(Supplier<T> value) {
    return random.nextInt(4) == 0 ? value.get() : null;
  }

  private <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  private UUID device() {
    return one(List.of(world.robot().id(), Ids.next()));
  }

  private Instant moment() {
    return at(random.nextInt(DATASETS));
  }

  private Set<UUID> someOf(List<Dataset> rows) {
    Set<UUID> some = new HashSet<>();
    rows.stream().filter(row -> random.nextInt(3) == 0).forEach(row -> some.add(row.datasetId()));
    return some;
  }

  /** One of which anything may be said; as the store has it in the end. */
  private Dataset added(int number) {
    boolean isOfRobot = random.nextBoolean();
    DatasetProfile said =
        new DatasetProfile(
            one(WORDS) + " " + number,
            random.nextBoolean() ? Map.of("place", one(PLAIN_WORDS)) : Map.of(),
            Map.of(),
            null,
            tags.stream().filter(tag -> random.nextInt(3) == 0).toList());
    Instant createdAt = moment();
    Dataset made =
        new Dataset(
            Ids.at(createdAt),
            world.tenantId(),
            world.project().projectId(),
            said,
            DatasetStanding.of(
                DatasetStatus.CREATED, ValidationStatus.NOT_REQUIRED, RecoveryStatus.NORMAL, null),
            DatasetFile.none(said.name()),
            null,
            null,
            isOfRobot ? world.robot().id() : null,
            isOfRobot ? world.robot().label() : null,
            null,
            DatasetPreview.NONE,
            1,
            createdAt,
            at(DATASETS));
    commit(tx -> tx.datasetChanges().insert(made));
    Dataset changed = changed(made);
    if (!changed.equals(made)) {
      commit(tx -> {
        tx.datasetChanges().update(changed);
        return changed;
      });
    }
    UUID id = made.datasetId();
    return Objects.requireNonNull(
        commit(tx -> tx.datasetChanges().lock(world.tenantId(), made.projectId(), Set.of(id)))
            .get(id));
  }

  private Dataset changed(Dataset made) {
    DatasetStanding standing = made.standing();
    return switch (random.nextInt(4)) {
      case 0 -> made.deleted(at(DATASETS));
      case 1 -> made.with(standing.validated(ValidationStatus.FAILED), at(DATASETS));
      case 2 ->
          made.with(
              standing.in(DatasetStatus.QUARANTINED, null).validated(ValidationStatus.FAILED),
              at(DATASETS));
      default -> made;
    };
  }

  private UUID tag(String name) {
    Tag tag =
        new Tag(
            Ids.next(), world.tenantId(), world.project().projectId(), null, name, null, 1, T0, T0);
    boolean isAdded = commit(tx -> tx.tags().insert(tag));
    assertThat(isAdded).isTrue();
    return tag.tagId();
  }

  /** As PostgreSQL has them in order. */
  private static int unsigned(UUID one, UUID other) {
    int high = Long.compareUnsigned(one.getMostSignificantBits(), other.getMostSignificantBits());
    return high != 0
        ? high
        : Long.compareUnsigned(one.getLeastSignificantBits(), other.getLeastSignificantBits());
  }
}
