package io.waybill.postgres;

import io.waybill.core.device.CommandReport;
import io.waybill.core.device.DeviceCommand;
import io.waybill.core.device.DeviceCommandStore;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code device_commands}. */
final class PostgresDeviceCommandStore implements DeviceCommandStore {

  private final Db db;

  PostgresDeviceCommandStore(Db db) {
    this.db = db;
  }

  private static final Sql INSERT =
      Sql.of(
          "device_commands.insert",
          """
          insert into device_commands (id, tenant_id, device_id, command, payload, status, requested_by, result,
            version, created_at, updated_at, expires_at, due_at)
          values (:id, :tenant, :device, :command::device_command_kind, :payload::jsonb,
            :status::device_command_status, :by, :result::jsonb, :version, :created, :updated, :expires,
            :created::timestamptz)
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
      DeviceCommandRows.sql(
          "device_commands.find",
          """
          select {columns} from device_commands c
          where c.tenant_id = :tenant and c.device_id = :device and c.id = :id
          """);

  @Override
  public Optional<DeviceCommand> find(UUID tenantId, UUID deviceId, UUID commandId) {
    return db.one(
        FIND.with("tenant", tenantId).with("device", deviceId).with("id", commandId),
        DeviceCommandRows::command);
  }

  private static final Sql LOCK =
      DeviceCommandRows.sql(
          "device_commands.lock",
          """
          select {columns} from device_commands c
          where c.tenant_id = :tenant and c.device_id = :device and c.id = :id
          for update of c
          """);

  @Override
  public Optional<DeviceCommand> lock(UUID tenantId, UUID deviceId, UUID commandId) {
    return db.one(
        LOCK.with("tenant", tenantId).with("device", deviceId).with("id", commandId),
        DeviceCommandRows::command);
  }

  private static final Sql UPDATE =
      Sql.of(
          "device_commands.update",
          """
          update device_commands c set status = :status::device_command_status, result = :result::jsonb,
            version = :version, updated_at = :updated, sent_at = :sent::timestamptz,
            finished_at = :finished::timestamptz, error_code = :error::text, error_message = :message::text
          where c.tenant_id = :tenant and c.device_id = :device and c.id = :id
          """);

  @Override
  public void update(DeviceCommand command) {
    CommandReport.Problem problem = command.course().problem();
    db.run(
        UPDATE
            .with("id", command.commandId())
            .with("tenant", command.tenantId())
            .with("device", command.deviceId())
            .with("status", command.status())
            .with("result", Json.write(command.result()))
            .with("version", command.version())
            .with("updated", command.updatedAt())
            .with("sent", command.course().sentAt())
            .with("finished", command.course().finishedAt())
            .with("error", problem == null ? null : problem.code())
            .with("message", problem == null ? null : problem.message()));
  }

  private static final Sql LIST =
      DeviceCommandRows.sql(
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
        DeviceCommandRows::command);
  }
}
