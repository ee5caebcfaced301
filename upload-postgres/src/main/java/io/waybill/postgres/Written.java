package io.waybill.postgres;

import io.waybill.core.event.AuditEvent;
import io.waybill.core.event.Facts;
import io.waybill.core.event.OutboxEvent;
import io.waybill.core.event.TimelineEvent;
import java.util.ArrayList;
import java.util.List;

/** The facts that one transaction has written: what is told after its commit. */
class Written {
  /** Where statements run by themselves, nobody could be told: facts need a transaction. */
  static final Written NOWHERE =
      new Written() {
        @Override
        void add(Facts facts) {
          if (!facts.equals(Facts.NONE)) {
            throw new IllegalStateException("facts are written in Work.write");
          }
        }
      };

  private final List<TimelineEvent> timeline = new ArrayList<>();
  private final List<AuditEvent> audit = new ArrayList<>();
  private final List<OutboxEvent> outbox = new ArrayList<>();

  void add(Facts facts) {
    timeline.addAll(facts.timeline());
    audit.addAll(facts.audit());
    outbox.addAll(facts.outbox());
  }

  boolean any() {
    return !(timeline.isEmpty() && audit.isEmpty() && outbox.isEmpty());
  }

  Facts facts() {
    return new Facts(timeline, audit, outbox);
  }
}
