package io.waybill.core.upload.usecase;

import io.waybill.core.Page;
import io.waybill.core.Verdict;
import io.waybill.core.access.Caller;
import io.waybill.core.access.Permission;
import io.waybill.core.upload.EventAnswer;
import io.waybill.core.upload.LifecycleEvent;
import io.waybill.core.upload.UploadStores;
import io.waybill.core.work.Ports;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads a session's timeline, oldest first. */
public final class ListEvents {

  private final Ports<? extends UploadStores> ports;

  public ListEvents(Ports<? extends UploadStores> ports) {
    this.ports = ports;
  }

  public Verdict<Page<EventAnswer>> handle(
      Caller caller, UUID sessionId, @Nullable UUID after, int limit) {
    UUID tenantId = caller.identity().tenantId();
    return SessionGate.pass(
            caller,
            ports.work().read(tx -> tx.sessions().find(tenantId, sessionId)),
            Permission.DATASET_VIEW,
            ports.now())
        .map(session -> {
          List<LifecycleEvent> events =
              ports.work().read(tx -> tx.timelines().page(tenantId, sessionId, after, limit + 1));
          return Page.of(
              events.stream().map(ListEvents::answer).toList(), limit, EventAnswer::eventId);
        });
  }

  private static EventAnswer answer(LifecycleEvent event) {
    return new EventAnswer(
        event.eventId(),
        event.type().code(),
        event.sessionId(),
        event.actor(),
        event.requestId(),
        event.occurredAt(),
        event.partNumbers(),
        event.validUntil(),
        event.details());
  }
}
