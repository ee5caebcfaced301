package io.waybill.core.device.usecase;

import io.waybill.core.access.Origin;
import io.waybill.core.device.DeviceCommand;
import io.waybill.core.device.DeviceStores;
import io.waybill.core.work.Pass;
import io.waybill.core.work.Ports;
import java.time.Instant;
import java.util.List;

/** Ends commands that were not answered until they expired. */
public final class ExpireCommands {

  /** Commands that one round ends at most. */
  public static final int AT_ONCE = 100;

  private final Ports<? extends DeviceStores> ports;
  private final CommandJournal journal;

  ExpireCommands(Ports<? extends DeviceStores> ports) {
    this.ports = ports;
    this.journal = new CommandJournal(ports.ids());
  }

  /** One round. */
  public Pass handle() {
    Instant now = ports.now();
    List<DeviceCommand> expired =
        ports
            .work()
            .commit(tx -> {
              List<DeviceCommand> ended = tx.deviceCommandQueue().expire(now, AT_ONCE);
              ended.forEach(one -> tx.events().append(journal.finished(one, Origin.WORKER)));
              return ended;
            });
    return Pass.of(expired.size(), AT_ONCE);
  }
}
