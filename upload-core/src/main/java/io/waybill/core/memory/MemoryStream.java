package io.waybill.core.memory;

import io.waybill.core.delivery.StreamStore;
import io.waybill.core.event.OutboxEvent;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** Events are committed whole and one after the other: a place is how many came before it. */
record MemoryStream(MemoryTransaction tx) implements StreamStore {

  @Override
  public Place end() {
    return new Place(0, tx.outbox().size());
  }

  @Override
  public Stretch after(Place place, Set<UUID> projects, int limit) {
    return stretch(place, limit, event -> true, event -> isOf(event, projects));
  }

  @Override
  public Stretch ofProject(UUID tenantId, UUID projectId, Place place, int limit) {
    Predicate<OutboxEvent> ofProject =
        event -> event.tenantId().equals(tenantId) && projectId.equals(event.projectId());
    return stretch(place, limit, ofProject, ofProject);
  }

  private static boolean isOf(OutboxEvent event, Set<UUID> projects) {
    UUID project = event.projectId();
    return project != null && projects.contains(project);
  }

  private Stretch stretch(
      Place place, int limit, Predicate<OutboxEvent> looked, Predicate<OutboxEvent> wanted) {
    List<OutboxEvent> all = tx.outbox();
    List<Placed> seen =
        IntStream.range(Math.toIntExact(place.position()), all.size())
            .mapToObj(i -> new Placed(new Place(0, i + 1L), all.get(i)))
            .filter(one -> looked.test(one.event()))
            .limit(limit)
            .toList();
    boolean hasMore = seen.size() == limit;
    return new Stretch(
        seen.stream().filter(one -> wanted.test(one.event())).toList(),
        hasMore ? seen.getLast().place() : end(),
        hasMore,
        false);
  }
}
