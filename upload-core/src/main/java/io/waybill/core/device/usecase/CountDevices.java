package io.waybill.core.device.usecase;

import io.waybill.core.device.DeviceStores;
import io.waybill.core.device.FleetCount;
import io.waybill.core.work.Ports;

/** How many devices are there, and how long the others were not, for whoever watches us. */
public final class CountDevices {
  private final Ports<? extends DeviceStores> ports;

  public CountDevices(Ports<? extends DeviceStores> ports) {
    this.ports = ports;
  }

  /** Of all tenants; reads every device once. */
  public FleetCount handle() {
    return ports.work().read(tx -> tx.devices().presence().count(ports.now()));
  }
}
