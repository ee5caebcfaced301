package io.waybill.core.audit.usecase;

import io.waybill.core.audit.AuditStores;
import io.waybill.core.audit.Seal;
import io.waybill.core.audit.SealedRow;
import io.waybill.core.audit.SealedRow.Place;
import io.waybill.core.work.Pass;
import io.waybill.core.work.Ports;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Seals what has been written down since the last seal: one seal a tenant and round, in one
 * transaction each. Whoever dies leaves no half a seal, and whoever comes second finds nothing
 * left.
 */
public final class SealAudit {

  private final Ports<? extends AuditStores> ports;
  private final int most;

  /**
   * Seals over these ports.
   *
   * @param most how many rows one seal covers
   */
  public SealAudit(Ports<? extends AuditStores> ports, int most) {
    this.ports = ports;
    this.most = most;
  }

  /** One round over all tenants; its items are the rows that it has sealed. */
  public Pass handle() {
    int rows = 0;
    boolean more = false;
    for (UUID tenant : ports.work().read(tx -> tx.seals().tenants())) {
      if (hasUnsealed(tenant)) {
        int ofTenant = seal(tenant);
        rows += ofTenant;
        more |= ofTenant == most;
      }
    }
    return new Pass(rows, more);
  }

  /** Asked outside a transaction, so that a quiet tenant costs two reads and no lock. */
  private boolean hasUnsealed(UUID tenant) {
    return !ports
        .work()
        .read(tx -> tx.seals().rows(tenant, end(tx.seals().last(tenant)), true, 1))
        .isEmpty();
  }

  private int seal(UUID tenant) {
    return ports
        .work()
        .commit(tx -> {
          if (!tx.seals().claim(tenant)) {
            return 0;
          }
          Optional<Seal> last = tx.seals().last(tenant);
          List<SealedRow> rows = tx.seals().rows(tenant, end(last), true, most);
          if (!rows.isEmpty()) {
            tx.seals().add(Seal.after(last.orElse(null), rows, ports.now()));
          }
          return rows.size();
        });
  }

  private static Place end(Optional<Seal> last) {
    return last.map(Seal::last).orElse(Place.BEGINNING);
  }
}
