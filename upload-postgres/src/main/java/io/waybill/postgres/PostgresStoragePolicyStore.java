package io.waybill.postgres;

import io.waybill.core.access.ProjectScope;
import io.waybill.core.policy.Policy;
import io.waybill.core.policy.PolicyProfile;
import io.waybill.core.policy.StoragePolicyStore;
import io.waybill.core.storage.Protection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * {@code storage_policies}, whole. Whoever writes one holds the tenant's row: two who choose the
 * same name, or both want the default, wait for each other instead of meeting in an index.
 */
final class PostgresStoragePolicyStore implements StoragePolicyStore {
  private final Db db;

  PostgresStoragePolicyStore(Db db) {
    this.db = db;
  }

  private static Sql sql(String name, String text) {
    return Sql.of(name, text.replace("{columns}", PolicyRows.COLUMNS));
  }

  private static final Sql FIND =
      sql(
          "storage_policies.find",
          "select {columns} from storage_policies y where y.tenant_id = :tenant and y.id = :id");

  @Override
  public Optional<Policy> find(UUID tenantId, UUID storagePolicyId) {
    return db.one(FIND.with("tenant", tenantId).with("id", storagePolicyId), PolicyRows::policy);
  }

  private static final Sql INSERT =
      Sql.of(
          "storage_policies.insert",
          """
          with home as (select t.id from tenants t where t.id = :tenant for no key update)
          insert into storage_policies (id, tenant_id, name, status, is_default, endpoint_ref, bucket, region,
            default_part_size_bytes, url_life_seconds, session_life_seconds, max_session_life_seconds,
            retention_days, checksum_mode, encryption_mode, kms_key_ref, object_lock_mode, object_lock_days,
            legal_hold_default, content_types, validation_required, instant_upload_allowed, version, created_at,
            updated_at)
          select :id::uuid, h.id, :name::text, :status::storage_policy_status, :is_default::boolean,
            :endpoint::text, :bucket::text, :region::text, :part_size::bigint, :url_life::integer,
            :session_life::integer, :max_life::integer, :retention::integer, :checksum::checksum_mode,
            :encryption::encryption_mode, :kms_key::text, :lock::object_lock_mode, :lock_days::integer,
            :legal_hold::boolean, array(select jsonb_array_elements_text(cast(:types as jsonb))),
            :validation::boolean, :instant::boolean, :version::bigint, :created::timestamptz, :updated::timestamptz
          from home h
          on conflict (tenant_id, name) do nothing
          """);

  @Override
  public boolean insert(Policy policy) {
    return db.run(written(INSERT, policy).with("created", policy.createdAt())) == 1;
  }

  private static final Sql LOCK =
      sql(
          "storage_policies.lock",
          """
          select {columns} from tenants t join storage_policies y on y.tenant_id = t.id
          where t.id = :tenant and y.id = :id
          for no key update of t, y
          """);

  @Override
  public Optional<Policy> lock(UUID tenantId, UUID storagePolicyId) {
    return db.one(LOCK.with("tenant", tenantId).with("id", storagePolicyId), PolicyRows::policy);
  }

  private static final Sql LOCK_TENANT =
      Sql.of(
          "storage_policies.lock_tenant",
          "select t.id from tenants t where t.id = :tenant for no key update");

  private static final Sql LOCK_DEFAULT =
      sql(
          "storage_policies.lock_default",
          """
          select {columns} from storage_policies y where y.tenant_id = :tenant and y.is_default
          for no key update of y
          """);

  @Override
  public Optional<Policy> lockDefault(UUID tenantId) {
    return db.one(LOCK_TENANT.with("tenant", tenantId), row -> row.id("id"))
        .flatMap(held -> db.one(LOCK_DEFAULT.with("tenant", held), PolicyRows::policy));
  }

  private static final Sql UPDATE =
      Sql.of(
          "storage_policies.update",
          """
          update storage_policies y
          set name = :name, status = :status::storage_policy_status, is_default = :is_default,
            endpoint_ref = :endpoint, bucket = :bucket, region = :region, default_part_size_bytes = :part_size,
            url_life_seconds = :url_life, session_life_seconds = :session_life::integer,
            max_session_life_seconds = :max_life::integer, retention_days = :retention::integer,
            checksum_mode = :checksum::checksum_mode, encryption_mode = :encryption::encryption_mode,
            kms_key_ref = :kms_key, object_lock_mode = :lock::object_lock_mode,
            object_lock_days = :lock_days::integer, legal_hold_default = :legal_hold,
            content_types = array(select jsonb_array_elements_text(cast(:types as jsonb))),
            validation_required = :validation, instant_upload_allowed = :instant, version = :version,
            updated_at = :updated
          where y.tenant_id = :tenant and y.id = :id and not exists (
            select from storage_policies o where o.tenant_id = y.tenant_id and o.name = :name and o.id <> y.id)
          """);

  @Override
  public boolean update(Policy policy) {
    return db.run(written(UPDATE, policy)) == 1;
  }

  private static Sql.Call written(Sql statement, Policy policy) {
    PolicyProfile said = policy.profile();
    Sql.Call call =
        statement
            .with("id", policy.storagePolicyId())
            .with("tenant", policy.tenantId())
            .with("name", said.name())
            .with("status", said.status())
            .with("is_default", said.isDefault())
            .with("endpoint", said.place().endpointRef())
            .with("bucket", said.place().bucket())
            .with("region", said.place().region())
            .with("part_size", said.defaultPartSizeBytes())
            .with("types", Json.write(said.contentTypes()))
            .with("validation", said.validationRequired())
            .with("instant", said.instantUploadAllowed())
            .with("version", policy.version())
            .with("updated", policy.updatedAt());
    return guarded(lived(call, said.lives()), said.protection());
  }

  private static Sql.Call lived(Sql.Call call, PolicyProfile.Lives lives) {
    return call.with("url_life", lives.urlSeconds())
        .with("session_life", lives.sessionSeconds())
        .with("max_life", lives.maxSessionSeconds())
        .with("retention", lives.retentionDays());
  }

  private static Sql.Call guarded(Sql.Call call, Protection protection) {
    return call.with("checksum", protection.checksum())
        .with("encryption", protection.encryption())
        .with("kms_key", protection.kmsKeyRef())
        .with("lock", protection.lock())
        .with("lock_days", protection.lockDays())
        .with("legal_hold", protection.legalHold());
  }

  private static final Sql LIST =
      sql(
          "storage_policies.list",
          """
          select {columns} from storage_policies y
          where y.tenant_id = :tenant and (:all or y.id = any(:only::uuid[])) and y.id <> all(:except::uuid[])
            and (:before::uuid is null or y.id < :before)
          order by y.id desc limit :limit
          """);

  @Override
  public List<Policy> list(UUID tenantId, ProjectScope scope, @Nullable UUID before, int limit) {
    return db.all(
        LIST.with("tenant", tenantId)
            .with("all", scope.all())
            .with("only", Sql.array(scope.only()))
            .with("except", Sql.array(scope.except()))
            .with("before", before)
            .with("limit", limit),
        PolicyRows::policy);
  }
}
