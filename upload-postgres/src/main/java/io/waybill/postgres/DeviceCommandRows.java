package io.waybill.postgres;

import io.waybill.core.device.CommandReport;
import io.waybill.core.device.DeviceCommand;
import org.jspecify.annotations.Nullable;

/** How a row of {@code device_commands} is read. */
final class DeviceCommandRows {

  /** Of {@code device_commands c}. */
  static final String COLUMNS =
      """
      c.id, c.tenant_id, c.device_id, c.command, c.payload, c.status, c.requested_by, c.result, c.version,
      c.created_at, c.updated_at, c.expires_at, c.attempts, c.sent_at, c.finished_at, c.error_code, c.error_message\
      """;

  private DeviceCommandRows() {}

  static Sql sql(String name, String text) {
    return Sql.of(name, text.replace("{columns}", COLUMNS));
  }

  static DeviceCommand command(Row row) {
    return new DeviceCommand(
        row.id("id"),
        row.id("tenant_id"),
        row.id("device_id"),
        row.symbol("command", DeviceCommand.Kind.class),
        row.map("payload"),
        row.symbol("status", DeviceCommand.Status.class),
        row.text("requested_by"),
        row.map("result"),
        row.number("version"),
        row.time("created_at"),
        row.time("updated_at"),
        row.time("expires_at"),
        new DeviceCommand.Course(
            row.count("attempts"),
            row.timeOrNull("sent_at"),
            row.timeOrNull("finished_at"),
            problem(row)));
  }

  private static CommandReport.@Nullable Problem problem(Row row) {
    String code = row.textOrNull("error_code");
    return code == null ? null : new CommandReport.Problem(code, row.textOrNull("error_message"));
  }
}
