package io.waybill.core.device.usecase;

import io.waybill.core.access.Origin;
import io.waybill.core.access.Resource;
import io.waybill.core.access.ResourceKind;
import io.waybill.core.device.CommandReport;
import io.waybill.core.device.DeviceCommand;
import io.waybill.core.device.DeviceEvent;
import io.waybill.core.event.Facts;
import io.waybill.core.event.Journal;
import io.waybill.core.work.IdSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Makes the rows that the end of a command leaves behind; what it came to is not in them. */
final class CommandJournal {
  private final Journal journal;

  CommandJournal(IdSource ids) {
    this.journal = new Journal(ids);
  }

  Facts finished(DeviceCommand command, Origin origin) {
    DeviceEvent what = DeviceEvent.COMMAND_FINISHED;
    Resource device = Resource.device(command.tenantId(), command.deviceId());
    Resource itself = device.under(ResourceKind.DEVICE_COMMAND, command.commandId());
    Map<String, Object> said = said(command);
    return new Facts(
        List.of(),
        List.of(journal.audit(what, device, origin, command.updatedAt(), said)),
        List.of(journal.outbox(what, itself, command.version(), command.updatedAt(), said)));
  }

  private static Map<String, Object> said(DeviceCommand command) {
    Map<String, Object> said = new TreeMap<>();
    said.put("command_id", command.commandId().toString());
    said.put("device_id", command.deviceId().toString());
    said.put("command", command.command().name().toLowerCase(Locale.ROOT));
    said.put("status", command.status().name());
    CommandReport.Problem problem = command.course().problem();
    if (problem != null) {
      said.put("error_code", problem.code());
    }
    return said;
  }
}
