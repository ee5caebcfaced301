package io.waybill.core.upload.usecase;

import io.waybill.core.upload.UploadStores;
import io.waybill.core.work.Pass;
import io.waybill.core.work.Ports;

/**
 * Makes room for events and audit rows of the months ahead, and lets go of those that are old
 * enough, and of seals that cover nothing else.
 */
public final class TurnMonths {
  private final Ports<? extends UploadStores> ports;

  public TurnMonths(Ports<? extends UploadStores> ports) {
    this.ports = ports;
  }

  /** One look at all; at most one month of each is dropped: nobody waits long behind it. */
  public Pass handle() {
    int made = ports.work().read(tx -> tx.eventMonths().makeAhead());
    int dropped = ports.work().read(tx -> tx.eventMonths().dropOldest());
    int ofAudit = ports.work().read(tx -> tx.eventMonths().dropOldestAudit());
    int seals = ports.work().read(tx -> tx.eventMonths().dropSeals());
    return new Pass(made + dropped + ofAudit + seals, dropped + ofAudit + seals > 0);
  }
}
