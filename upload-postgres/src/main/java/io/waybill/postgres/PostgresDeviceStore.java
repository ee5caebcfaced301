package io.waybill.postgres;

import io.waybill.core.device.BrokerAccountStore;
import io.waybill.core.device.Device;
import io.waybill.core.device.DeviceStatus;
import io.waybill.core.device.DeviceStore;
import io.waybill.core.device.PresenceStore;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * {@code devices}. Whoever gives a code holds the tenant's row: two who choose the same one wait
 * for each other instead of meeting in the index.
 */
final class PostgresDeviceStore implements DeviceStore {

  private static final String COLUMNS =
      """
      d.id, d.tenant_id, d.project_id, d.name, d.device_code, d.device_type, d.metadata, d.status,
      d.credential_version, d.activated_at, d.online, d.connection_id, d.last_seen_at, d.last_ip,
      d.client_version, d.version, d.created_at, d.updated_at\
      """;

  private final Db db;

  PostgresDeviceStore(Db db) {
    this.db = db;
  }

  private static final Sql INSERT =
      Sql.of(
          "devices.insert",
          """
          with owner as (
            select t.id from tenants t where t.id = :tenant for no key update
          )
          insert into devices (id, tenant_id, project_id, name, device_code, device_type, status, metadata,
            credential_version, activated_at, version, created_at, updated_at)
          select :id::uuid, o.id, p.id, :name::text, :code::text, :type::text, :status::device_status,
            :metadata::jsonb, :credential::integer, :activated::timestamptz, :version::bigint,
            :created::timestamptz, :updated::timestamptz
          from owner o join projects p on p.tenant_id = o.id and p.id = :project and p.status <> 'DELETED'
          on conflict (tenant_id, device_code) where status <> 'DELETED' do nothing
          """);

  @Override
  public boolean insert(Device device) {
    return db.run(
            written(INSERT, device)
                .with("project", device.projectId())
                .with("created", device.createdAt()))
        == 1;
  }

  private static final Sql FIND =
      sql(
          "devices.find",
          """
          select {columns} from devices d
          where d.tenant_id = :tenant and d.id = :id and d.status <> 'DELETED'
          """);

  @Override
  public Optional<Device> find(UUID tenantId, UUID deviceId) {
    return db.one(FIND.with("tenant", tenantId).with("id", deviceId), PostgresDeviceStore::device);
  }

  private static final Sql LOCK =
      sql(
          "devices.lock",
          """
          select {columns} from tenants t join devices d on d.tenant_id = t.id
          where t.id = :tenant and d.id = :id and d.status <> 'DELETED'
          for no key update of t, d
          """);

  @Override
  public Optional<Device> lock(UUID tenantId, UUID deviceId) {
    return db.one(LOCK.with("tenant", tenantId).with("id", deviceId), PostgresDeviceStore::device);
  }

  private static final Sql UPDATE =
      Sql.of(
          "devices.update",
          """
          update devices d
          set name = :name, device_code = :code, device_type = :type::text, status = :status::device_status,
            metadata = :metadata::jsonb, credential_version = :credential, activated_at = :activated::timestamptz,
            version = :version, updated_at = :updated
          where d.tenant_id = :tenant and d.id = :id and not exists (
            select from devices o
            where o.tenant_id = d.tenant_id and o.device_code = :code and o.status <> 'DELETED' and o.id <> d.id)
          """);

  @Override
  public boolean update(Device device) {
    return db.run(written(UPDATE, device)) == 1;
  }

  private static Sql.Call written(Sql statement, Device device) {
    Device.Profile profile = device.profile();
    return statement
        .with("id", device.deviceId())
        .with("tenant", device.tenantId())
        .with("name", profile.name())
        .with("code", profile.deviceCode())
        .with("type", profile.deviceType())
        .with("status", device.status())
        .with("metadata", Json.write(profile.metadata()))
        .with("credential", device.credentialVersion())
        .with("activated", device.activatedAt())
        .with("version", device.version())
        .with("updated", device.updatedAt());
  }

  private static final Sql LIST =
      sql(
          "devices.list",
          """
          select {columns} from devices d
          where d.tenant_id = :tenant and d.project_id = :project and d.status <> 'DELETED'
            and (:before::uuid is null or d.id < :before) and d.id <> all(:except::uuid[])
          order by d.id desc limit :limit
          """);

  @Override
  public List<Device> list(Query query) {
    return db.all(
        LIST.with("tenant", query.tenantId())
            .with("project", query.projectId())
            .with("before", query.before())
            .with("except", Sql.array(query.except()))
            .with("limit", query.limit()),
        PostgresDeviceStore::device);
  }

  @Override
  public PresenceStore presence() {
    return new PostgresPresenceStore(db);
  }

  @Override
  public BrokerAccountStore brokerAccounts() {
    return new PostgresBrokerAccountStore(db);
  }

  private static Sql sql(String name, String text) {
    return Sql.of(name, text.replace("{columns}", COLUMNS));
  }

  private static Device device(Row row) {
    return new Device(
        row.id("id"),
        row.id("tenant_id"),
        row.id("project_id"),
        new Device.Profile(
            row.text("name"),
            row.text("device_code"),
            row.textOrNull("device_type"),
            row.map("metadata")),
        row.symbol("status", DeviceStatus.class),
        row.count("credential_version"),
        row.timeOrNull("activated_at"),
        new Device.Presence(
            row.flag("online"),
            row.textOrNull("connection_id"),
            row.timeOrNull("last_seen_at"),
            row.textOrNull("last_ip"),
            row.textOrNull("client_version")),
        row.number("version"),
        row.time("created_at"),
        row.time("updated_at"));
  }
}
