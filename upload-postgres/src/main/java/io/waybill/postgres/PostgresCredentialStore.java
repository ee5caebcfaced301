package io.waybill.postgres;

import io.waybill.core.device.Credential;
import io.waybill.core.device.CredentialHashes;
import io.waybill.core.device.CredentialStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code device_credentials}. */
final class PostgresCredentialStore implements CredentialStore {

  private static final String COLUMNS =
      """
      c.id, c.tenant_id, c.device_id, c.credential_version, c.status = 'ACTIVE' as is_used, c.ends_others, c.issued_at,
      c.expires_at\
      """;

  private final Db db;

  PostgresCredentialStore(Db db) {
    this.db = db;
  }

  private static final Sql INSERT =
      Sql.of(
          "credentials.insert",
          """
          insert into device_credentials (id, tenant_id, device_id, credential_version, sha256, broker_hash,
            status, ends_others, issued_at, expires_at)
          values (:id, :tenant, :device, :version, :sha256, :broker, 'PENDING', :alone, :issued, :expires)
          """);

  @Override
  public void insert(Credential credential, CredentialHashes hashes) {
    db.run(
        INSERT
            .with("id", credential.credentialId())
            .with("tenant", credential.tenantId())
            .with("device", credential.deviceId())
            .with("version", credential.credentialVersion())
            .with("sha256", hashes.sha256())
            .with("broker", hashes.broker())
            .with("alone", credential.endsOthers())
            .with("issued", credential.issuedAt())
            .with("expires", credential.expiresAt()));
  }

  private static final Sql LIVE =
      sql(
          "credentials.live",
          """
          select {columns} from device_credentials c
          where c.tenant_id = :tenant and c.device_id = :device and c.status in ('PENDING', 'ACTIVE')
          order by c.credential_version desc
          """);

  @Override
  public List<Credential> live(UUID tenantId, UUID deviceId) {
    return db.all(
        LIVE.with("tenant", tenantId).with("device", deviceId),
        PostgresCredentialStore::credential);
  }

  private static final Sql FIND =
      sql(
          "credentials.find",
          """
          select {columns} from device_credentials c
          where c.sha256 = :sha256 and c.tenant_id = :tenant and c.device_id = :device
            and c.status in ('PENDING', 'ACTIVE')
          """);

  @Override
  public Optional<Credential> find(UUID tenantId, UUID deviceId, String sha256) {
    return db.one(
        FIND.with("tenant", tenantId).with("device", deviceId).with("sha256", sha256),
        PostgresCredentialStore::credential);
  }

  private static final Sql USE =
      Sql.of(
          "credentials.use",
          """
          update device_credentials c set status = 'ACTIVE'
          where c.tenant_id = :tenant and c.id = :id and c.status = 'PENDING'
          """);

  @Override
  public void use(Credential credential) {
    db.run(USE.with("tenant", credential.tenantId()).with("id", credential.credentialId()));
  }

  private static final Sql END =
      Sql.of(
          "credentials.end",
          """
          update device_credentials c set expires_at = :expires::timestamptz
          where c.tenant_id = :tenant and c.id = :id
          """);

  @Override
  public void end(Credential credential) {
    db.run(
        END.with("tenant", credential.tenantId())
            .with("id", credential.credentialId())
            .with("expires", credential.expiresAt()));
  }

  private static final Sql REVOKE_ALL =
      Sql.of(
          "credentials.revoke_all",
          """
          update device_credentials c set status = 'REVOKED', revoked_at = :at
          where c.tenant_id = :tenant and c.device_id = :device and c.status in ('PENDING', 'ACTIVE')
            and (:below::integer is null or c.credential_version < :below)
          """);

  @Override
  public void revoke(UUID tenantId, UUID deviceId, @Nullable Integer below, Instant at) {
    db.run(
        REVOKE_ALL
            .with("tenant", tenantId)
            .with("device", deviceId)
            .with("below", below)
            .with("at", at));
  }

  private static final Sql REVOKE =
      Sql.of(
          "credentials.revoke",
          """
          update device_credentials c set status = 'REVOKED', revoked_at = :at
          where c.tenant_id = :tenant and c.id = :id
          """);

  @Override
  public void revoke(Credential credential, Instant at) {
    db.run(
        REVOKE
            .with("tenant", credential.tenantId())
            .with("id", credential.credentialId())
            .with("at", at));
  }

  private static Sql sql(String name, String text) {
    return Sql.of(name, text.replace("{columns}", COLUMNS));
  }

  private static Credential credential(Row row) {
    return new Credential(
        row.id("id"),
        row.id("tenant_id"),
        row.id("device_id"),
        row.count("credential_version"),
        row.flag("is_used"),
        row.flag("ends_others"),
        row.time("issued_at"),
        row.timeOrNull("expires_at"));
  }
}
