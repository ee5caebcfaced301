package io.waybill.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.project.Project;
import io.waybill.core.tag.Tag;
import io.waybill.core.tag.TagCategory;
import io.waybill.core.tag.TagStore.Query;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** {@link io.waybill.core.tag.TagStore}. */
public abstract class TagStoreContract extends PortContract {

  @Test
  void what_was_added_is_found_whole_in_its_own_tenant_and_project_only() {
    Tag bare = added(tag(world.project(), "shift", null));
    Tag full = added(tag(world.project(), "weather", "rain or shine"));
    UUID project = world.project().projectId();

    assertThat(locked(world.tenantId(), project, bare)).contains(bare);
    assertThat(locked(world.tenantId(), project, full)).contains(full);
    assertThat(locked(world.otherTenantId(), project, full)).isEmpty();
    assertThat(locked(world.tenantId(), world.strict().projectId(), full)).isEmpty();
  }

  @Test
  void a_name_is_given_once_in_a_project() {
    Tag first = added(tag(world.project(), "shift", null));

    assertThat(insert(tag(world.project(), "shift", "another"))).isFalse();

    assertThat(insert(tag(world.project(), "Shift", null))).isTrue();
    assertThat(insert(tag(world.strict(), "shift", null))).isTrue();
    assertThat(insert(tag(world.foreign(), "shift", null))).isTrue();
    assertThat(locked(first)).contains(first);
  }

  @Test
  void nothing_is_added_to_a_project_that_the_tenant_has_not() {
    Tag lost =
        new Tag(
            Ids.next(),
            world.tenantId(),
            world.foreign().projectId(),
            null,
            "shift",
            null,
            1,
            T0,
            T0);

    assertThat(insert(lost)).isFalse();

    assertThat(locked(lost)).isEmpty();
  }

  @Test
  void a_change_is_read_back_unless_its_name_is_anothers() {
    Tag shift = added(tag(world.project(), "shift", "by day"));
    Tag weather = added(tag(world.project(), "weather", null));
    Tag elsewhere = added(tag(world.strict(), "crew", null));

    Tag renamed = shift.changed(null, elsewhere.name(), null, at(1));
    assertThat(update(renamed)).isTrue();
    assertThat(update(weather.changed(null, "crew", null, at(2)))).isFalse();
    assertThat(update(renamed.changed(null, "crew", "of the ship", at(3)))).isTrue();

    assertThat(locked(shift)).contains(renamed.changed(null, "crew", "of the ship", at(3)));
    assertThat(locked(weather)).contains(weather);
    assertThat(locked(elsewhere)).contains(elsewhere);
  }

  @Test
  void what_was_taken_away_is_gone_and_its_name_is_free() {
    Tag shift = added(tag(world.project(), "shift", null));
    Tag weather = added(tag(world.project(), "weather", null));

    commit(tx -> {
      tx.tags().delete(shift);
      return shift;
    });

    assertThat(locked(shift)).isEmpty();
    assertThat(list(null, Set.of(), 10)).containsExactly(weather);
    assertThat(insert(tag(world.project(), "shift", null))).isTrue();
  }

  @Test
  void a_list_is_a_projects_newest_first_without_what_is_denied() {
    Tag first = added(tag(world.project(), "c", null));
    Tag second = added(tag(world.project(), "a", null));
    Tag third = added(tag(world.project(), "b", null));
    added(tag(world.strict(), "d", null));
    added(tag(world.foreign(), "e", null));

    assertThat(list(null, Set.of(), 10)).containsExactly(third, second, first);
    assertThat(list(null, Set.of(), 2)).containsExactly(third, second);
    assertThat(list(second.tagId(), Set.of(), 2)).containsExactly(first);
    assertThat(list(null, Set.of(second.tagId()), 2)).containsExactly(third, first);
  }

  private static Tag tag(Project project, String name, @Nullable String description) {
    return new Tag(
        Ids.next(), project.tenantId(), project.projectId(), null, name, description, 1, T0, T0);
  }

  private Tag added(Tag tag) {
    assertThat(insert(tag)).isTrue();
    return tag;
  }

  private boolean insert(Tag tag) {
    return commit(tx -> tx.tags().insert(tag));
  }

  private boolean update(Tag tag) {
    return commit(tx -> tx.tags().update(tag));
  }

  private Optional<Tag> locked(Tag tag) {
    return locked(tag.tenantId(), tag.projectId(), tag);
  }

  private Optional<Tag> locked(UUID tenant, UUID project, Tag tag) {
    return commit(tx -> tx.tags().lock(tenant, project, tag.tagId()));
  }

  private List<Tag> list(@Nullable UUID before, Set<UUID> except, int limit) {
    Query query =
        new Query(world.tenantId(), world.project().projectId(), null, before, except, limit);
    return read(tx -> tx.tags().list(query));
  }

  @Test
  void a_tag_is_in_a_category_of_its_project_and_outlives_it() {
    TagCategory mine = category(world.project());
    TagCategory theirs = category(world.strict());
    Tag bare = added(tag(world.project(), "rain", null));
    Tag in = bare.changed(mine.tagCategoryId(), "rain", null, at(1));

    assertThat(update(in)).isTrue();
    assertThat(update(in.changed(theirs.tagCategoryId(), "rain", null, at(2)))).isFalse();
    assertThat(insert(tag(world.project(), "sun", null).changed(Ids.next(), "sun", null, at(2))))
        .isFalse();
    assertThat(inCategory(mine)).containsExactly(in);
    assertThat(inCategory(theirs)).isEmpty();

    commit(tx -> {
      tx.tagCategories().delete(mine);
      return mine;
    });
    assertThat(locked(bare)).contains(in.withoutCategory());
  }

  private TagCategory category(Project project) {
    TagCategory made =
        new TagCategory(
            Ids.next(), project.tenantId(), project.projectId(), "weather", null, 1, T0, T0);
    boolean isMade = commit(tx -> tx.tagCategories().insert(made));
    assertThat(isMade).isTrue();
    return made;
  }

  private List<Tag> inCategory(TagCategory category) {
    Query query =
        new Query(
            world.tenantId(),
            world.project().projectId(),
            category.tagCategoryId(),
            null,
            Set.of(),
            10);
    return read(tx -> tx.tags().list(query));
  }
}
