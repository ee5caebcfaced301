package io.waybill.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.project.Project;
import io.waybill.core.tag.TagCategory;
import io.waybill.core.tag.TagCategoryStore.Query;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** {@link io.waybill.core.tag.TagCategoryStore}. */
public abstract class TagCategoryStoreContract extends PortContract {

  @Test
  void what_was_added_is_found_whole_in_its_own_tenant_and_project_only() {
    TagCategory bare = added(category(world.project(), "shift", null));
    TagCategory full = added(category(world.project(), "weather", "rain or shine"));
    UUID project = world.project().projectId();

    assertThat(locked(world.tenantId(), project, bare)).contains(bare);
    assertThat(locked(world.tenantId(), project, full)).contains(full);
    assertThat(locked(world.otherTenantId(), project, full)).isEmpty();
    assertThat(locked(world.tenantId(), world.strict().projectId(), full)).isEmpty();
  }

  @Test
  void a_name_is_given_once_in_a_project() {
    TagCategory first = added(category(world.project(), "shift", null));

    assertThat(insert(category(world.project(), "shift", "another"))).isFalse();

    assertThat(insert(category(world.project(), "Shift", null))).isTrue();
    assertThat(insert(category(world.strict(), "shift", null))).isTrue();
    assertThat(insert(category(world.foreign(), "shift", null))).isTrue();
    assertThat(locked(first)).contains(first);
  }

  @Test
  void nothing_is_added_to_a_project_that_the_tenant_has_not() {
    TagCategory lost =
        new TagCategory(
            Ids.next(), world.tenantId(), world.foreign().projectId(), "shift", null, 1, T0, T0);

    assertThat(insert(lost)).isFalse();

    assertThat(locked(lost)).isEmpty();
  }

  @Test
  void a_change_is_read_back_unless_its_name_is_anothers() {
    TagCategory shift = added(category(world.project(), "shift", "by day"));
    TagCategory weather = added(category(world.project(), "weather", null));
    TagCategory elsewhere = added(category(world.strict(), "crew", null));

    TagCategory renamed = shift.changed(elsewhere.name(), null, at(1));
    assertThat(update(renamed)).isTrue();
    assertThat(update(weather.changed("crew", null, at(2)))).isFalse();
    assertThat(update(renamed.changed("crew", "of the ship", at(3)))).isTrue();

    assertThat(locked(shift)).contains(renamed.changed("crew", "of the ship", at(3)));
    assertThat(locked(weather)).contains(weather);
    assertThat(locked(elsewhere)).contains(elsewhere);
  }

  @Test
  void what_was_taken_away_is_gone_and_its_name_is_free() {
    TagCategory shift = added(category(world.project(), "shift", null));
    TagCategory weather = added(category(world.project(), "weather", null));

    commit(tx -> {
      tx.tagCategories().delete(shift);
      return shift;
    });

    assertThat(locked(shift)).isEmpty();
    assertThat(list(null, Set.of(), 10)).containsExactly(weather);
    assertThat(insert(category(world.project(), "shift", null))).isTrue();
  }

  @Test
  void a_list_is_a_projects_newest_first_without_what_is_denied() {
    TagCategory first = added(category(world.project(), "c", null));
    TagCategory second = added(category(world.project(), "a", null));
    TagCategory third = added(category(world.project(), "b", null));
    added(category(world.strict(), "d", null));
    added(category(world.foreign(), "e", null));

    assertThat(list(null, Set.of(), 10)).containsExactly(third, second, first);
    assertThat(list(null, Set.of(), 2)).containsExactly(third, second);
    assertThat(list(second.tagCategoryId(), Set.of(), 2)).containsExactly(first);
    assertThat(list(null, Set.of(second.tagCategoryId()), 2)).containsExactly(third, first);
  }

  private static TagCategory category(Project project, String name, @Nullable String description) {
    return new TagCategory(
        Ids.next(), project.tenantId(), project.projectId(), name, description, 1, T0, T0);
  }

  private TagCategory added(TagCategory category) {
    assertThat(insert(category)).isTrue();
    return category;
  }

  private boolean insert(TagCategory category) {
    return commit(tx -> tx.tagCategories().insert(category));
  }

  private boolean update(TagCategory category) {
    return commit(tx -> tx.tagCategories().update(category));
  }

  private Optional<TagCategory> locked(TagCategory category) {
    return locked(category.tenantId(), category.projectId(), category);
  }

  private Optional<TagCategory> locked(UUID tenant, UUID project, TagCategory category) {
    return commit(tx -> tx.tagCategories().lock(tenant, project, category.tagCategoryId()));
  }

  private List<TagCategory> list(@Nullable UUID before, Set<UUID> except, int limit) {
    Query query = new Query(world.tenantId(), world.project().projectId(), before, except, limit);
    return read(tx -> tx.tagCategories().list(query));
  }
}
