package io.waybill.core.audit.usecase;

import io.waybill.core.audit.AuditEventAnswer;
import io.waybill.core.audit.AuditStore;
import io.waybill.core.audit.AuditStores;
import io.waybill.core.event.AuditEvent;
import io.waybill.core.work.Ports;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Hands out a tenant's audit rows, newest first, a page at a time. */
public final class ExportAudit {

  private static final int ROWS_AT_ONCE = 500;

  private final Ports<? extends AuditStores> ports;

  public ExportAudit(Ports<? extends AuditStores> ports) {
    this.ports = ports;
  }

  /** Returns how many rows there were. */
  public long handle(UUID tenant, Consumer<AuditEventAnswer> to) {
    long rows = 0;
    UUID before = null;
    List<AuditEvent> page;
    do {
      page = page(tenant, before);
      page.forEach(row -> to.accept(AuditEventAnswer.of(row)));
      rows += page.size();
      before = page.isEmpty() ? null : page.getLast().eventId();
    } while (page.size() == ROWS_AT_ONCE);
    return rows;
  }

  private List<AuditEvent> page(UUID tenant, @Nullable UUID before) {
    AuditStore.Query query =
        new AuditStore.Query(tenant, null, null, null, null, null, before, ROWS_AT_ONCE);
    return ports.work().read(tx -> tx.auditTrail().list(query));
  }
}
