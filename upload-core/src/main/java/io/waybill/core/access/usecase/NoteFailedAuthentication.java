package io.waybill.core.access.usecase;

import io.waybill.core.ErrorCode;
import io.waybill.core.access.Identity;
import io.waybill.core.access.Resource;
import io.waybill.core.access.usecase.AccessUseCases.AccessStores;
import io.waybill.core.event.Facts;
import io.waybill.core.event.OncePerMinute;
import io.waybill.core.work.Ports;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Audits secrets that let nobody in: at most one row per source, tenant and minute of a process.
 * What is nobody's is no tenant's: its rows have the tenant {@link #NO_TENANT}, which none can be.
 */
final class NoteFailedAuthentication {

  static final UUID NO_TENANT = new UUID(0, 0);

  private final Ports<? extends AccessStores> ports;
  private final AccessJournal journal;
  private final OncePerMinute<Place> noted = new OncePerMinute<>();

  private record Place(String source, UUID tenantId) {}

  NoteFailedAuthentication(Ports<? extends AccessStores> ports) {
    this.ports = ports;
    this.journal = new AccessJournal(ports.ids());
  }

  /**
   * Somebody was not let in; writes it down unless that was done within the last minute.
   *
   * @param owner whose secret it was; null when it is nobody's
   */
  void handle(Showing showing, @Nullable Identity owner, ErrorCode why) {
    Instant now = ports.now();
    UUID tenantId = owner == null ? NO_TENANT : owner.tenantId();
    if (!noted.isDue(new Place(showing.source(), tenantId), now)) {
      return;
    }
    Facts failed = journal.notLetIn(showing, owner, Resource.tenant(tenantId), why, now);
    var _ =
        ports
            .work()
            .commit(tx -> {
              tx.events().append(failed);
              return failed;
            });
  }
}
