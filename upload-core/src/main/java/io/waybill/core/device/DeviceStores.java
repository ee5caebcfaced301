package io.waybill.core.device;

import io.waybill.core.access.IdentityStores;
import io.waybill.core.project.ProjectStores;

/** The stores that devices touch: their own, and those of what lies below them. */
public interface DeviceStores extends ProjectStores, IdentityStores {
  DeviceStore devices();

  CredentialStore credentials();

  DeviceCommandStore deviceCommands();

  DeviceCommandQueue deviceCommandQueue();
}
