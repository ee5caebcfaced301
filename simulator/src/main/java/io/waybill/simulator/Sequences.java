package io.waybill.simulator;

import io.waybill.core.event.OutboxEvent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What the outbox tells of one thing comes in the order of its versions, none twice. Of an upload
 * none is left out; of a dataset, say, are those that its uploads make.
 */
final class Sequences {

  private Sequences() {}

  static void areWhole(List<OutboxEvent> told) {
    Map<UUID, Long> last = new HashMap<>();
    for (OutboxEvent event : told) {
      Long before = last.put(event.aggregateId(), event.sequence());
      if (before != null && !follows(before, event)) {
        throw new Broken(
            "the outbox tells %s %d of %s after %d"
                .formatted(event.type(), event.sequence(), event.aggregateId(), before));
      }
    }
  }

  private static boolean follows(long before, OutboxEvent event) {
    return event.type().startsWith("upload.")
        ? event.sequence() == before + 1
        : event.sequence() > before;
  }
}
