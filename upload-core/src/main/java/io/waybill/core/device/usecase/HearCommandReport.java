package io.waybill.core.device.usecase;

import io.waybill.core.ErrorCode;
import io.waybill.core.Refusal;
import io.waybill.core.Verdict;
import io.waybill.core.access.Caller;
import io.waybill.core.device.CommandReport;
import io.waybill.core.device.DeviceCommand;
import io.waybill.core.device.DeviceStores;
import io.waybill.core.work.Ports;
import java.time.Instant;
import java.util.Optional;

/**
 * A device says what became of a command of its own. It says so at least once: what is said again,
 * or after the end, changes nothing.
 */
public final class HearCommandReport {
  private final Ports<? extends DeviceStores> ports;
  private final CommandJournal journal;

  HearCommandReport(Ports<? extends DeviceStores> ports) {
    this.ports = ports;
    this.journal = new CommandJournal(ports.ids());
  }

  /** What the report was. */
  public enum Heard {
    NEW,
    /** It was said before, or something else was that is final. */
    REPEATED,
    /** The command has expired, and stays that. */
    LATE
  }

  public Verdict<Heard> handle(Caller device, CommandReport report) {
    Instant now = ports.now();
    return ports
        .work()
        .write(tx -> {
          Optional<DeviceCommand> command =
              tx.deviceCommands()
                  .lock(device.identity().tenantId(), device.identity().id(), report.commandId());
          return command.isPresent()
              ? Verdict.ok(hear(tx, command.get(), device, report, now))
              : Verdict.refused(unknown(report));
        });
  }

  private Heard hear(
      DeviceStores tx, DeviceCommand before, Caller device, CommandReport report, Instant now) {
    DeviceCommand after = before.heard(report, now);
    if (!after.equals(before)) {
      tx.deviceCommands().update(after);
      if (after.status().isFinished() && !before.status().isFinished()) {
        tx.events().append(journal.finished(after, device.origin()));
      }
    }
    return before.statusAt(now) == DeviceCommand.Status.EXPIRED
        ? Heard.LATE
        : after.equals(before) ? Heard.REPEATED : Heard.NEW;
  }

  private static Refusal unknown(CommandReport report) {
    return Refusal.of(
            ErrorCode.DEVICE_COMMAND_NOT_FOUND,
            "This device was not asked to do anything by that id.")
        .with("command_id", report.commandId().toString());
  }
}
