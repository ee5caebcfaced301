package io.waybill.core.device.usecase;

import io.waybill.core.event.EventStores;
import io.waybill.core.work.Ports;

/** What is done with devices. */
public record DeviceUseCases(NoteRefusedDevice noteRefusedDevice) {

  /** All of them over one set of ports. */
  public static DeviceUseCases over(Ports<? extends EventStores> ports) {
    return new DeviceUseCases(new NoteRefusedDevice(ports));
  }
}
