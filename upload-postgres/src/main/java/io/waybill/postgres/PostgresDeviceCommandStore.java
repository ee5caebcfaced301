package io.waybill.postgres;

import io.waybill.core.device.DeviceCommand;
import io.waybill.core.device.DeviceCommandStore;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code device_commands}. */
final class PostgresDeviceCommandStore implements DeviceCommandStore {

  private static final String COLUMNS =
      """
      c.id, c.tenant_id, c.device_id, c.command, c.payload, c.status, c.requested_by, c.result, c.version,
      c.created_at, c.updated_at, c.expires_at\
      """;

  private final Db db;

  PostgresDeviceCommandStore(Db db) {
    this.db = db;
  }

  private static final Sql INSERT =
      Sql.of(
          "device_commands.insert",
          """
          insert into device_commands (id, tenant_id, device_id, command, payload, status, requested_by, result,
            version, created_at, updated_at, expires_at)
          values (:id, :tenant, :device, :command::device_command_kind, :payload::jsonb,
            :status::device_command_status, :by, :result::jsonb, :version, :created, :updated, :expires)
          """);

  @Override
  public void insert(DeviceCommand command) {
    db.run(
        INSERT
            .with("id", command.commandId())
            .with("tenant", command.tenantId())
            .with("device", command.deviceId())
            .with("command", command.command())
            .with("payload", Json.write(command.payload()))
            .with("status", command.status())
            .with("by", command.requestedBy())
            .with("result", Json.write(command.result()))
            .with("version", command.version())
            .with("created", command.createdAt())
            .with("updated", command.updatedAt())
            .with("expires", command.expiresAt()));
  }

  private static final Sql FIND =
      sql(
          "device_commands.find",
          """
          select {columns} from device_commands c
          where c.tenant_id = :tenant and c.device_id = :device and c.id = :id
          """);

  @Override
  public Optional<DeviceCommand> find(UUID tenantId, UUID deviceId, UUID commandId) {
    return db.one(
        FIND.with("tenant", tenantId).with("device", deviceId).with("id", commandId),
        PostgresDeviceCommandStore::command);
  }

  private static final Sql LIST =
      sql(
          "device_commands.list",
          """
          select {columns} from device_commands c
          where c.tenant_id = :tenant and c.device_id = :device and (:before::uuid is null or c.id < :before)
          order by c.id desc limit :limit
          """);

  @Override
  public List<DeviceCommand> list(UUID tenantId, UUID deviceId, @Nullable UUID before, int limit) {
    return db.all(
        LIST.with("tenant", tenantId)
            .with("device", deviceId)
            .with("before", before)
            .with("limit", limit),
        PostgresDeviceCommandStore::command);
  }

  private static Sql sql(String name, String text) {
    return Sql.of(name, text.replace("{columns}", COLUMNS));
  }

  private static DeviceCommand command(Row row) {
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
        row.time("expires_at"));
  }
}
