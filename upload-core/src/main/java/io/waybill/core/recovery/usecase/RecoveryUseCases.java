package io.waybill.core.recovery.usecase;

import io.waybill.core.recovery.RecoveryStores;
import io.waybill.core.work.Ports;

/** What is done about recoveries. */
public record RecoveryUseCases(StartRecovery start, ReadRecoveries read) {

  /** All of them over one set of ports. */
  public static RecoveryUseCases over(Ports<? extends RecoveryStores> ports) {
    return new RecoveryUseCases(new StartRecovery(ports), new ReadRecoveries(ports));
  }
}
