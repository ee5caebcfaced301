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
import io.waybill.core.dataset.LegalHold;
import io.waybill.core.dataset.RecoveryStatus;
import io.waybill.core.dataset.ValidationResult;
import io.waybill.core.dataset.ValidationStatus;
import io.waybill.core.project.Project;
import io.waybill.core.tag.Tag;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** {@link io.waybill.core.dataset.DatasetChanges}. */
public abstract class DatasetChangesContract extends PortContract {

  @Test
  void what_was_added_is_read_back_whole() {
    Tag shift = tag(world.project(), "shift");
    Dataset made = added(dataset(world.project(), "a run", List.of(shift.tagId())));

    assertThat(found(made)).contains(made);
    assertThat(locked(made)).contains(made);
    assertThat(locked(made.tenantId(), world.strict().projectId(), made.datasetId())).isEmpty();
    assertThat(locked(world.otherTenantId(), made.projectId(), made.datasetId())).isEmpty();
  }

  @Test
  void a_project_that_is_not_active_takes_none() {
    Project archived =
        commit(tx -> {
          Project known =
              tx.projects().lock(world.tenantId(), world.strict().projectId()).orElseThrow();
          tx.projects().update(known.archived(at(1)));
          return known;
        });
    Dataset dataset = dataset(archived, "a run", List.of());
    assertThat(insert(dataset)).isFalse();
    assertThat(found(dataset)).isEmpty();
  }

  @Test
  void a_change_is_read_back_whole() {
    Tag shift = tag(world.project(), "shift");
    Tag rain = tag(world.project(), "rain");
    Dataset made = added(dataset(world.project(), "a run", List.of(shift.tagId())));
    DatasetProfile said =
        new DatasetProfile(
            "by night", Map.of("n", 1L), Map.of("line", "3"), "SECRET", List.of(rain.tagId()));

    Dataset after = updated(made.with(said, at(1)));

    assertThat(found(made)).contains(after);
    assertThat(list(tagged(shift.tagId()))).isEmpty();
    assertThat(list(tagged(rain.tagId()))).containsExactly(after);
  }

  @Test
  void what_is_in_the_recycle_bin_shows_only_where_it_is_asked_for() {
    Dataset made = added(dataset(world.project(), "a run", List.of()));
    Dataset other = added(dataset(world.project(), "another", List.of()));

    Dataset deleted = updated(made.deleted(at(1)));

    assertThat(found(made)).isEmpty();
    assertThat(locked(made)).contains(deleted);
    assertThat(list(DatasetFilter.NONE)).containsExactly(other);
    assertThat(list(filter(null, null, null, true))).containsExactly(other, deleted);
    assertThat(list(filter(null, DatasetStatus.DELETED, null, true))).containsExactly(deleted);
    Dataset back = updated(deleted.undeleted(at(2)));
    assertThat(back.status()).isEqualTo(DatasetStatus.CREATED);
    assertThat(found(made)).contains(back);
  }

  @Test
  void a_hold_is_kept_until_it_is_released() {
    Dataset made = added(dataset(world.project(), "a run", List.of()));

    Dataset held = updated(made.held(new LegalHold("case 7", at(1)), at(1)));
    assertThat(found(made)).contains(held);
    Dataset free = updated(held.held(null, at(2)));
    assertThat(found(made)).contains(free);
    List<ValidationResult> said =
        read(tx -> tx.datasets().validations(made.tenantId(), made.datasetId(), 9));
    assertThat(said).isEmpty();
  }

  @Test
  void words_are_found_in_the_name_and_in_the_metadata() {
    Dataset made = added(dataset(world.project(), "A Run", List.of()));
    Dataset other = added(dataset(world.project(), "another", List.of()));
    Dataset described =
        updated(other.with(other.profile().describedBy(Map.of("place", "Halle 7")), at(1)));

    assertThat(list(filter("run", null, null, false))).containsExactly(made);
    assertThat(list(filter("halle", null, null, false))).containsExactly(described);
    assertThat(list(filter("a%run", null, null, false))).isEmpty();
    updated(described.with(described.profile().describedBy(Map.of()), at(2)));
    assertThat(list(filter("halle", null, null, false))).isEmpty();
  }

  @Test
  void filters_must_all_agree() {
    Dataset made = added(dataset(world.project(), "a run", List.of()));
    Dataset failed = updated(made.with(made.standing().validated(ValidationStatus.FAILED), at(1)));
    added(dataset(world.project(), "a run", List.of()));

    assertThat(list(filter("run", null, ValidationStatus.FAILED, false))).containsExactly(failed);
    assertThat(list(filter("run", DatasetStatus.READY, ValidationStatus.FAILED, false))).isEmpty();
  }

  @Test
  void only_a_projects_own_tags_are_known_and_one_that_is_gone_is_on_nothing() {
    Tag shift = tag(world.project(), "shift");
    Tag elsewhere = tag(world.strict(), "shift");
    Dataset made = added(dataset(world.project(), "a run", List.of(shift.tagId())));

    Set<UUID> asked = Set.of(shift.tagId(), elsewhere.tagId(), Ids.next());
    Set<UUID> known =
        commit(
            tx -> tx.datasetChanges().tags(world.tenantId(), world.project().projectId(), asked));
    assertThat(known).containsExactly(shift.tagId());
    commit(tx -> {
      tx.tags().delete(shift);
      return shift;
    });
    assertThat(found(made)).contains(made.without(shift.tagId()));
  }

  private static DatasetFilter tagged(UUID tag) {
    return new DatasetFilter(null, null, null, null, tag, null, null, null, false);
  }

  private static DatasetFilter filter(
      @Nullable String search,
      @Nullable DatasetStatus status,
      @Nullable ValidationStatus validation,
      boolean deleted) {
    return new DatasetFilter(search, status, validation, null, null, null, null, null, deleted);
  }

  private static Dataset dataset(Project project, String name, List<UUID> tags) {
    return new Dataset(
        Ids.next(),
        project.tenantId(),
        project.projectId(),
        new DatasetProfile(name, Map.of("site", "line-3"), Map.of("line", "3"), "INTERNAL", tags),
        DatasetStanding.of(
            DatasetStatus.CREATED, ValidationStatus.NOT_REQUIRED, RecoveryStatus.NORMAL, null),
        DatasetFile.none(name),
        null,
        null,
        null,
        null,
        null,
        DatasetPreview.NONE,
        1,
        T0,
        T0);
  }

  private Tag tag(Project project, String name) {
    Tag tag =
        new Tag(Ids.next(), project.tenantId(), project.projectId(), null, name, null, 1, T0, T0);
    boolean isAdded = commit(tx -> tx.tags().insert(tag));
    assertThat(isAdded).isTrue();
    return tag;
  }

  private Dataset added(Dataset dataset) {
    assertThat(insert(dataset)).isTrue();
    return dataset;
  }

  private boolean insert(Dataset dataset) {
    return commit(tx -> tx.datasetChanges().insert(dataset));
  }

  private Dataset updated(Dataset after) {
    return commit(tx -> {
      tx.datasetChanges().update(after);
      return after;
    });
  }

  private Optional<Dataset> found(Dataset dataset) {
    return read(
        tx -> tx.datasets().find(dataset.tenantId(), dataset.projectId(), dataset.datasetId()));
  }

  private Optional<Dataset> locked(Dataset dataset) {
    return locked(dataset.tenantId(), dataset.projectId(), dataset.datasetId());
  }

  private Optional<Dataset> locked(UUID tenant, UUID project, UUID id) {
    Map<UUID, Dataset> locked = commit(tx -> tx.datasetChanges().lock(tenant, project, Set.of(id)));
    return Optional.ofNullable(locked.get(id));
  }

  private List<Dataset> list(DatasetFilter filter) {
    DatasetStore.Query query =
        new DatasetStore.Query(
            world.tenantId(), world.project().projectId(), filter, null, Set.of(), Set.of(), 10);
    return read(tx -> tx.datasets().list(query));
  }
}
