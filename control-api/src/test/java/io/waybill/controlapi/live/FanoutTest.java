package io.waybill.controlapi.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.access.Grant;
import io.waybill.core.access.Identity;
import io.waybill.core.access.Permission;
import io.waybill.core.access.ResourceKind;
import io.waybill.core.access.SubjectKind;
import io.waybill.core.delivery.StreamStore.Place;
import io.waybill.core.delivery.StreamStore.Placed;
import io.waybill.core.delivery.usecase.DeliveryUseCases;
import io.waybill.core.event.Facts;
import io.waybill.core.event.OutboxEvent;
import io.waybill.core.memory.ManualTime;
import io.waybill.core.memory.MemoryDatabase;
import io.waybill.core.memory.MemoryHeartbeat;
import io.waybill.core.memory.MemoryObjectStore;
import io.waybill.core.memory.MemorySigner;
import io.waybill.core.memory.SequentialIds;
import io.waybill.core.work.Ports;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** One reader for all who follow, without a network and without threads. */
class FanoutTest {
  private static final UUID TENANT = id(1);
  private static final UUID PROJECT = id(2);
  private static final UUID OTHER_PROJECT = id(3);
  private static final UUID SECRET_DATASET = id(4);
  private static final int MOST = 4;

  private final MemoryDatabase rows = new MemoryDatabase();
  private final SequentialIds ids = new SequentialIds();
  private final ManualTime time = new ManualTime(Instant.parse("2026-11-29T08:00:00Z"));
  private final Fanout fanout =
      new Fanout(
          DeliveryUseCases.over(
                  new Ports<>(
                      rows,
                      new MemoryObjectStore(Set.of()),
                      new MemorySigner(),
                      ids,
                      time,
                      new MemoryHeartbeat()))
              .followEvents());

  @Test
  void everybody_is_given_what_comes_after_they_have_joined_and_nothing_of_other_projects()
      throws InterruptedException {
    happens(PROJECT, ids.next());
    Follower one = joined(PROJECT);
    Follower beside = joined(OTHER_PROJECT);
    assertThat(fanout.look()).isEqualTo(Fanout.Look.NOTHING);
    UUID first = happens(PROJECT, ids.next());
    UUID others = happens(OTHER_PROJECT, ids.next());
    fanout.look();
    Follower late = joined(PROJECT);
    UUID second = happens(PROJECT, ids.next());
    fanout.look();

    assertThat(taken(one)).containsExactly(first, second);
    assertThat(taken(beside)).containsExactly(others);
    assertThat(taken(late)).containsExactly(second);
  }

  @Test
  void nobody_is_read_for_when_nobody_follows() {
    happens(PROJECT, ids.next());
    assertThat(fanout.look()).isEqualTo(Fanout.Look.NOBODY);
    Follower one = joined(PROJECT);
    fanout.look();
    fanout.leave(one);
    assertThat(fanout.look()).isEqualTo(Fanout.Look.NOBODY);
  }

  @Test
  void what_somebody_may_not_see_is_passed_over() throws InterruptedException {
    Grant never =
        new Grant(
            ResourceKind.DATASET,
            SECRET_DATASET,
            Permission.DATASET_VIEW.code(),
            Grant.Effect.DENY,
            null);
    Follower one = joined(PROJECT, viewer().granted(List.of(never)));
    fanout.look();
    happens(PROJECT, SECRET_DATASET);
    UUID seen = happens(PROJECT, ids.next());
    happens(PROJECT, SECRET_DATASET);
    fanout.look();

    Follower.Taken taken = one.take(Duration.ZERO);
    assertThat(events(taken)).containsExactly(seen);
    one.become(viewer());
    happens(PROJECT, SECRET_DATASET);
    fanout.look();
    assertThat(taken(one)).hasSize(1);
  }

  @Test
  void who_is_slow_is_let_go_and_everybody_else_is_not() throws InterruptedException {
    Follower slow = joined(PROJECT);
    Follower quick = joined(PROJECT);
    fanout.look();
    List<UUID> all = new ArrayList<>();
    List<UUID> read = new ArrayList<>();
    for (int i = 0; i < 2 * MOST; i++) {
      all.add(happens(PROJECT, ids.next()));
      fanout.look();
      read.addAll(taken(quick));
    }

    assertThat(read).isEqualTo(all);
    Follower.Taken cut = slow.take(Duration.ZERO);
    assertThat(cut.end()).isEqualTo(Follower.End.SLOW);
    assertThat(cut.events()).isEmpty();
  }

  @Test
  void what_is_passed_grows_with_what_is_looked_at_and_never_beyond_what_was_taken()
      throws InterruptedException {
    Follower one = joined(PROJECT);
    fanout.look();
    Place begin = one.take(Duration.ZERO).passed();
    happens(OTHER_PROJECT, ids.next());
    fanout.look();
    Place later = one.take(Duration.ZERO).passed();
    assertThat(later.isAfter(begin)).isTrue();
    happens(PROJECT, ids.next());
    fanout.look();
    Follower.Taken taken = one.take(Duration.ZERO);
    assertThat(taken.passed()).isEqualTo(taken.events().getLast().place());
  }

  @Test
  void whoever_follows_or_comes_is_let_go_at_the_end() throws InterruptedException {
    Follower one = joined(PROJECT);
    fanout.look();
    fanout.close();
    Follower late = joined(PROJECT);

    assertThat(one.take(Duration.ofDays(1)).end()).isEqualTo(Follower.End.STOPPED);
    assertThat(late.beginWithin(Duration.ofDays(1))).isNull();
  }

  @Test
  void an_id_is_of_its_project_and_whole_or_none() {
    EventId id = new EventId(new Place(Long.MAX_VALUE, 7), Instant.parse("2026-11-29T08:00:00Z"));
    String text = id.write(TENANT, PROJECT);

    assertThat(EventId.read(TENANT, PROJECT, text)).isEqualTo(id);
    assertThat(EventId.read(TENANT, OTHER_PROJECT, text)).isNull();
    assertThat(EventId.read(OTHER_PROJECT, PROJECT, text)).isNull();
    for (int at = 0; at < text.length() - 1; at++) {
      char other = text.charAt(at) == 'B' ? 'C' : 'B';
      String changed = text.substring(0, at) + other + text.substring(at + 1);
      assertThat(EventId.read(TENANT, PROJECT, changed)).as(changed).isNull();
    }
    assertThat(EventId.read(TENANT, PROJECT, "")).isNull();
  }

  private Follower joined(UUID project) {
    return joined(project, viewer());
  }

  private Follower joined(UUID project, Identity identity) {
    Follower one = new Follower(project, identity, MOST);
    fanout.join(one);
    return one;
  }

  private static Identity viewer() {
    Grant view =
        new Grant(
            ResourceKind.TENANT, TENANT, Permission.DATASET_VIEW.code(), Grant.Effect.ALLOW, null);
    return new Identity(
        TENANT, SubjectKind.API_KEY, id(9), "wb_", Identity.Standing.ACTIVE, List.of(view));
  }

  private static List<UUID> taken(Follower one) throws InterruptedException {
    return events(one.take(Duration.ZERO));
  }

  private static List<UUID> events(Follower.Taken taken) {
    return taken.events().stream().map(Placed::event).map(OutboxEvent::eventId).toList();
  }

  private UUID happens(UUID project, UUID dataset) {
    UUID id = ids.next();
    OutboxEvent event =
        new OutboxEvent(
            id,
            TENANT,
            project,
            "dataset",
            dataset,
            1,
            "dataset.archived",
            time.instant(),
            Map.of());
    return rows.commit(tx -> {
      tx.events().append(new Facts(List.of(), List.of(), List.of(event)));
      return id;
    });
  }

  private static UUID id(long number) {
    return new UUID(0x0190_a000_0000_7000L, 0x8000_0000_0000_0000L | number);
  }
}
