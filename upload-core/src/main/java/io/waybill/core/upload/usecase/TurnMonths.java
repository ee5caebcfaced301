package io.waybill.core.upload.usecase;

import io.waybill.core.upload.UploadStores;
import io.waybill.core.work.Pass;
import io.waybill.core.work.Ports;

/** Makes room for the events of the months ahead, and lets go of those that are old enough. */
public final class TurnMonths {
  private final Ports<? extends UploadStores> ports;

  public TurnMonths(Ports<? extends UploadStores> ports) {
    this.ports = ports;
  }

  /** One look at both; at most one month is dropped, so that nobody waits long behind it. */
  public Pass handle() {
    int made = ports.work().read(tx -> tx.eventMonths().makeAhead());
    int dropped = ports.work().read(tx -> tx.eventMonths().dropOldest());
    return new Pass(made + dropped, dropped > 0);
  }
}
