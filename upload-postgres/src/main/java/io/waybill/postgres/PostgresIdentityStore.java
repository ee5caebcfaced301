package io.waybill.postgres;

import io.waybill.core.access.Grant;
import io.waybill.core.access.Identity;
import io.waybill.core.access.IdentityStore;
import io.waybill.core.access.SubjectKind;
import io.waybill.core.access.UserTokens;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** {@code api_keys}, {@code devices} with their credentials, and {@code permission_grants}. */
final class PostgresIdentityStore implements IdentityStore {
  private static final String GRANTS =
      """
      coalesce((select jsonb_agg(jsonb_build_object('resource_kind', g.resource_kind, 'resource_id', g.resource_id,
          'code', g.code, 'effect', g.effect, 'expires_at', g.expires_at) order by g.id)
        from permission_grants g
        where g.tenant_id = {subject}.tenant_id and g.subject_kind = '{kind}' and g.subject_id = {subject}.id), '[]')
        as grants\
      """;

  private final Db db;

  PostgresIdentityStore(Db db) {
    this.db = db;
  }

  private static String grantsOf(String subject, SubjectKind kind) {
    return GRANTS.replace("{subject}", subject).replace("{kind}", kind.name());
  }

  private static final Sql BY_API_KEY =
      Sql.of(
          "identities.by_api_key",
          """
          select k.id, k.tenant_id, 'API_KEY' as kind, k.prefix as label,
            case when k.expires_at <= :now then 'EXPIRED' when t.status <> 'ACTIVE' then 'TENANT_INACTIVE'
              else 'ACTIVE' end as standing,
                        to_jsonb(k.device_ids) as only_devices, {grants}
          from api_keys k join tenants t on t.id = k.tenant_id
          where k.sha256 = :sha256 and k.revoked_at is null
          """
              .replace("{grants}", grantsOf("k", SubjectKind.API_KEY)));

  @Override
  public Optional<Identity> byApiKey(String sha256, Instant now) {
    return db.one(
        BY_API_KEY.with("sha256", sha256).with("now", now), PostgresIdentityStore::identity);
  }

  private static final Sql BY_DEVICE_CREDENTIAL =
      Sql.of(
          "identities.by_device_credential",
          """
          select d.id, d.tenant_id, 'DEVICE' as kind, d.device_code as label,
            case when c.expires_at <= :now then 'EXPIRED' when t.status <> 'ACTIVE' then 'TENANT_INACTIVE'
              when d.status = 'ACTIVE' and c.status = 'ACTIVE' then 'ACTIVE'
              when d.status in ('PENDING', 'ACTIVE') and c.status in ('PENDING', 'ACTIVE') then 'PENDING'
              else 'INACTIVE' end as standing,
            '[]' as only_devices, {grants}
          from device_credentials c
          join devices d on d.tenant_id = c.tenant_id and d.id = c.device_id
          join tenants t on t.id = d.tenant_id
          where c.sha256 = :sha256 and c.status not in ('REVOKED', 'DELETED')
          """
              .replace("{grants}", grantsOf("d", SubjectKind.DEVICE)));

  @Override
  public Optional<Identity> byDeviceCredential(String sha256, Instant now) {
    return db.one(
        BY_DEVICE_CREDENTIAL.with("sha256", sha256).with("now", now),
        PostgresIdentityStore::identity);
  }

  private static final Sql DEVICE =
      Sql.of(
          "identities.device",
          """
          select d.id, d.tenant_id, 'DEVICE' as kind, d.device_code as label,
            case when t.status <> 'ACTIVE' then 'TENANT_INACTIVE'
              when d.status not in ('PENDING', 'ACTIVE') or not exists (
                select from device_credentials c
                where c.tenant_id = d.tenant_id and c.device_id = d.id and c.status in ('PENDING', 'ACTIVE'))
                then 'INACTIVE'
              else d.status::text end as standing,
            '[]' as only_devices, {grants}
          from devices d join tenants t on t.id = d.tenant_id
          where d.tenant_id = :tenant and d.id = :id and d.status <> 'DELETED'
          """
              .replace("{grants}", grantsOf("d", SubjectKind.DEVICE)));

  @Override
  public Optional<Identity> device(UUID tenantId, UUID deviceId) {
    return db.one(
        DEVICE.with("tenant", tenantId).with("id", deviceId), PostgresIdentityStore::identity);
  }

  private static final Sql USER =
      Sql.of(
          "identities.user",
          """
          select t.id as tenant_id, cast(:id as uuid) as id, 'USER' as kind, 'user' as label,
            case when t.status <> 'ACTIVE' then 'TENANT_INACTIVE' else 'ACTIVE' end as standing,
            '[]' as only_devices,
            coalesce((select jsonb_agg(jsonb_build_object('resource_kind', g.resource_kind, 'resource_id', g.resource_id,
                'code', g.code, 'effect', g.effect, 'expires_at', g.expires_at) order by g.id)
              from (
                select * from permission_grants
                where tenant_id = t.id and subject_kind = 'USER' and subject_id = cast(:id as uuid)
                union all
                select * from permission_grants
                where tenant_id = t.id and subject_kind = 'GROUP' and subject_id = any(:groups)
              ) g), '[]') as grants
          from tenants t
          where t.id = :tenant
          """);

  @Override
  public Optional<Identity> user(UserTokens.User user) {
    return db.one(
        USER.with("tenant", user.tenantId())
            .with("id", user.userId())
            .with("groups", user.groupIds().toArray(UUID[]::new)),
        PostgresIdentityStore::identity);
  }

  private static Identity identity(Row row) {
    return new Identity(
        row.id("tenant_id"),
        row.symbol("kind", SubjectKind.class),
        row.id("id"),
        row.text("label"),
        row.symbol("standing", Identity.Standing.class),
        row.list("grants", Grant.class),
        Set.copyOf(row.list("only_devices", UUID.class)));
  }
}
