package io.waybill.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.delivery.StreamStore.Place;
import io.waybill.core.delivery.StreamStore.Placed;
import io.waybill.core.delivery.StreamStore.Stretch;
import io.waybill.core.event.Facts;
import io.waybill.core.event.OutboxEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** {@link io.waybill.core.delivery.StreamStore}. */
public abstract class StreamStoreContract extends PortContract {
  private static final UUID ONE = Ids.next();
  private static final UUID OTHER = Ids.next();
  private static final int MANY = 500;

  @Test
  void what_comes_after_a_place_is_read_whole_and_in_order() {
    OutboxEvent before = write(world.tenantId(), ONE);
    Place start = end();
    OutboxEvent first = write(world.tenantId(), ONE);
    OutboxEvent second = write(world.tenantId(), ONE);

    Stretch found = after(start, Set.of(ONE), MANY);

    assertThat(events(found)).containsExactly(first, second).doesNotContain(before);
    assertThat(found.hasMore()).isFalse();
    assertThat(found.events())
        .extracting(Placed::place)
        .isSorted()
        .allMatch(place -> place.isAfter(start));
    assertThat(events(after(found.events().getFirst().place(), Set.of(ONE), MANY)))
        .containsExactly(second);
    assertThat(events(after(found.end(), Set.of(ONE), MANY))).isEmpty();
  }

  @Test
  void of_other_projects_and_of_none_nothing_is_read_and_all_is_passed() {
    Place start = end();
    OutboxEvent wanted = write(world.tenantId(), ONE);
    write(world.tenantId(), OTHER);
    write(world.tenantId(), null);

    Stretch found = after(start, Set.of(ONE), MANY);

    assertThat(events(found)).containsExactly(wanted);
    assertThat(events(after(found.end(), Set.of(ONE, OTHER), MANY))).isEmpty();
    assertThat(after(start, Set.of(), MANY).events()).isEmpty();
  }

  @Test
  void a_stretch_ends_at_its_limit_and_the_next_goes_on_from_there() {
    Place start = end();
    List<OutboxEvent> written = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      written.add(write(world.tenantId(), i % 2 == 0 ? ONE : OTHER));
    }
    List<OutboxEvent> read = new ArrayList<>();
    Place place = start;
    Stretch found;
    int stretches = 0;
    do {
      found = after(place, Set.of(ONE, OTHER), 2);
      read.addAll(events(found));
      place = found.end();
      stretches++;
    } while (found.hasMore());

    assertThat(read).isEqualTo(written);
    assertThat(stretches).isEqualTo(3);
  }

  @Test
  void what_somebody_has_missed_of_one_project_is_read_page_by_page() {
    Place start = end();
    OutboxEvent first = write(world.tenantId(), ONE);
    write(world.tenantId(), OTHER);
    write(Ids.next(), ONE);
    OutboxEvent second = write(world.tenantId(), ONE);

    Stretch page = missed(start, 1);
    assertThat(events(page)).containsExactly(first);
    assertThat(page.hasMore()).isTrue();
    Stretch next = missed(page.end(), 1);
    assertThat(events(next)).containsExactly(second);
    Stretch none = missed(next.end(), 1);
    assertThat(none.events()).isEmpty();
    assertThat(none.hasMore()).isFalse();
  }

  private Place end() {
    return read(tx -> tx.stream().end());
  }

  private Stretch after(Place place, Set<UUID> projects, int limit) {
    return read(tx -> tx.stream().after(place, projects, limit));
  }

  private Stretch missed(Place place, int limit) {
    return read(tx -> tx.stream().ofProject(world.tenantId(), ONE, place, limit));
  }

  private static List<OutboxEvent> events(Stretch found) {
    return found.events().stream().map(Placed::event).toList();
  }

  private OutboxEvent write(UUID tenant, @Nullable UUID project) {
    OutboxEvent event =
        new OutboxEvent(
            Ids.next(),
            tenant,
            project,
            "dataset",
            Ids.next(),
            1,
            "dataset.archived",
            at(1),
            Map.of("status", "ARCHIVED"));
    return commit(tx -> {
      tx.events().append(new Facts(List.of(), List.of(), List.of(event)));
      return event;
    });
  }
}
