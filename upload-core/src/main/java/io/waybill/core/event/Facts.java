package io.waybill.core.event;

import io.waybill.core.upload.LifecycleEvent;
import java.util.ArrayList;
import java.util.List;

/** Everything one change leaves behind, written in the same statement or transaction as it. */
public record Facts(
    List<LifecycleEvent> lifecycle, List<AuditEvent> audit, List<OutboxEvent> outbox) {

  public static final Facts NONE = new Facts(List.of(), List.of(), List.of());

  public Facts {
    lifecycle = List.copyOf(lifecycle);
    audit = List.copyOf(audit);
    outbox = List.copyOf(outbox);
  }

  public static Facts of(LifecycleEvent event) {
    return new Facts(List.of(event), List.of(), List.of());
  }

  /** The same facts, of whose timeline every row says this, too. */
  public Facts with(String detail, Object value) {
    return new Facts(
        lifecycle.stream().map(event -> event.with(detail, value)).toList(), audit, outbox);
  }

  public Facts and(Facts more) {
    return new Facts(
        join(lifecycle, more.lifecycle), join(audit, more.audit), join(outbox, more.outbox));
  }

  private static <T> List<T> join(List<T> first, List<T> second) {
    List<T> both = new ArrayList<>(first);
    both.addAll(second);
    return both;
  }
}
