package io.waybill.core.event;

import java.util.ArrayList;
import java.util.List;

/** Everything one change leaves behind, written in the same statement or transaction as it. */
public record Facts(
    List<TimelineEvent> timeline, List<AuditEvent> audit, List<OutboxEvent> outbox) {

  public static final Facts NONE = new Facts(List.of(), List.of(), List.of());

  public Facts {
    timeline = List.copyOf(timeline);
    audit = List.copyOf(audit);
    outbox = List.copyOf(outbox);
  }

  public static Facts of(TimelineEvent event) {
    return new Facts(List.of(event), List.of(), List.of());
  }

  public static Facts of(AuditEvent event) {
    return new Facts(List.of(), List.of(event), List.of());
  }

  public static Facts of(OutboxEvent event) {
    return new Facts(List.of(), List.of(), List.of(event));
  }

  /** The rows of one kind of timeline. */
  public <T extends TimelineEvent> List<T> timeline(Class<T> kind) {
    return timeline.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /** The same facts, of whose timeline every row says this, too. */
  public Facts with(String detail, Object value) {
    return new Facts(
        timeline.stream().map(event -> event.with(detail, value)).toList(), audit, outbox);
  }

  public Facts and(Facts more) {
    return new Facts(
        join(timeline, more.timeline), join(audit, more.audit), join(outbox, more.outbox));
  }

  private static <T> List<T> join(List<T> first, List<T> second) {
    if (first.isEmpty() || second.isEmpty()) {
      return first.isEmpty() ? second : first;
    }
    List<T> both = new ArrayList<>(first);
    both.addAll(second);
    return both;
  }
}
