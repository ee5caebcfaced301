package io.waybill.postgres;

import io.waybill.core.app.CommitListener;
import io.waybill.core.event.AuditEvent;
import io.waybill.core.event.Facts;
import io.waybill.core.event.OutboxEvent;
import io.waybill.core.event.TimelineEvent;
import io.waybill.core.upload.TaskStatus;
import java.util.ArrayList;
import java.util.Collection;
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

        @Override
        void ended(Collection<TaskStatus> tasks) {
          if (!tasks.isEmpty()) {
            throw new IllegalStateException("tasks end in Work.write");
          }
        }
      };

  private final List<TimelineEvent> timeline = new ArrayList<>();
  private final List<AuditEvent> audit = new ArrayList<>();
  private final List<OutboxEvent> outbox = new ArrayList<>();

  private final List<TaskStatus> endedTasks = new ArrayList<>();

  void add(Facts facts) {
    timeline.addAll(facts.timeline());
    audit.addAll(facts.audit());
    outbox.addAll(facts.outbox());
  }

  /** Tasks have come to an end. */
  void ended(Collection<TaskStatus> tasks) {
    endedTasks.addAll(tasks);
  }

  /** Tells what there is to tell, after the commit. */
  void tell(CommitListener listener) {
    if (!(timeline.isEmpty() && audit.isEmpty() && outbox.isEmpty())) {
      listener.committed(new Facts(timeline, audit, outbox));
    }
    if (!endedTasks.isEmpty()) {
      listener.ended(List.copyOf(endedTasks));
    }
  }
}
