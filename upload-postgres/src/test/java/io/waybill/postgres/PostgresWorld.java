package io.waybill.postgres;

import static java.util.stream.Collectors.joining;

import io.waybill.core.access.Grant;
import io.waybill.core.access.Identity;
import io.waybill.core.access.PermissionGrant;
import io.waybill.core.project.Project;
import io.waybill.core.project.StoragePolicy;
import io.waybill.testkit.contract.Ids;
import io.waybill.testkit.contract.World;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes the registry of a contract's world. */
final class PostgresWorld {
  private final Connection connection;
  private final boolean grants;

  private PostgresWorld(Connection connection, boolean grants) {
    this.connection = connection;
    this.grants = grants;
  }

  static void register(PostgresSettings settings, World world) {
    register(settings, world, true);
  }

  /** The same in a schema from before grants said where they come from. */
  static void registerWithoutGrants(PostgresSettings settings, World world) {
    register(settings, world, false);
  }

  private static void register(PostgresSettings settings, World world, boolean grants) {
    try (Connection connection = Pool.driver(settings).getConnection()) {
      PostgresWorld rows = new PostgresWorld(connection, grants);
      rows.tenant(world.tenantId());
      rows.tenant(world.otherTenantId());
      rows.policy(world.tenantId(), world.policy(), true);
      rows.policy(world.tenantId(), world.strictPolicy(), false);
      rows.policy(world.otherTenantId(), world.foreignPolicy(), true);
      rows.project(world.project());
      rows.project(world.strict());
      rows.project(world.foreign());
      rows.apiKey(world.apiKey(), world.apiKeySha256());
      rows.device(world.robot(), world.project().projectId(), world.credentialSha256());
      rows.device(world.otherRobot(), world.project().projectId(), world.otherCredentialSha256());
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private void tenant(UUID id) throws SQLException {
    insert("tenants (id, slug, name, created_at)", id, "t-" + id, "A tenant", World.BEGINNING);
  }

  private static @Nullable Long seconds(@Nullable Duration life) {
    return life == null ? null : life.toSeconds();
  }

  private void policy(UUID tenant, StoragePolicy policy, boolean isDefault) throws SQLException {
    insert(
        "storage_policies (id, tenant_id, name, is_default, endpoint_ref, bucket,"
            + " default_part_size_bytes, url_life_seconds, session_life_seconds,"
            + " max_session_life_seconds, content_types, validation_required, created_at,"
            + " updated_at)",
        policy.storagePolicyId(),
        tenant,
        "policy-" + policy.storagePolicyId(),
        isDefault,
        policy.endpointRef(),
        policy.bucket(),
        policy.defaultPartSizeBytes(),
        policy.urlLife().toSeconds(),
        seconds(policy.sessionLife()),
        seconds(policy.maxSessionLife()),
        policy.contentTypes().stream().collect(joining(",", "{", "}")),
        policy.validationRequired(),
        World.BEGINNING,
        World.BEGINNING);
  }

  private void project(Project project) throws SQLException {
    insert(
        "projects (id, tenant_id, storage_policy_id, slug, name, metadata, created_at, updated_at)",
        project.projectId(),
        project.tenantId(),
        project.storagePolicyId(),
        project.slug(),
        project.name(),
        Json.write(project.profile().metadata()),
        project.createdAt(),
        project.updatedAt());
  }

  private void apiKey(Identity key, String sha256) throws SQLException {
    insert(
        "api_keys (id, tenant_id, name, prefix, sha256, created_at)",
        key.id(),
        key.tenantId(),
        "a key",
        key.label(),
        sha256,
        World.BEGINNING);
    grants(key, PermissionGrant.MANUAL);
  }

  private void grants(Identity key, String source) throws SQLException {
    for (Grant grant : grants ? key.grants() : List.<Grant>of()) {
      insert(
          "permission_grants (id, tenant_id, subject_kind, subject_id, resource_kind, resource_id,"
              + " code, effect, source, expires_at, created_at)",
          Ids.next(),
          key.tenantId(),
          key.kind(),
          key.id(),
          grant.resourceKind(),
          grant.resourceId(),
          grant.code(),
          grant.effect(),
          source,
          grant.expiresAt(),
          World.BEGINNING);
    }
  }

  private void device(Identity device, UUID home, String sha256) throws SQLException {
    insert(
        "devices (id, tenant_id, project_id, name, device_code, status, created_at, updated_at)",
        device.id(),
        device.tenantId(),
        home,
        device.label(),
        device.label(),
        "ACTIVE",
        World.BEGINNING,
        World.BEGINNING);
    insert(
        "device_credentials (id, tenant_id, device_id, credential_version, sha256, status,"
            + " issued_at)",
        Ids.next(),
        device.tenantId(),
        device.id(),
        1,
        sha256,
        "ACTIVE",
        World.BEGINNING);
    grants(device, PermissionGrant.PROJECT_GRANT);
  }

  private void insert(String into, @Nullable Object... values) throws SQLException {
    String places = "?, ".repeat(values.length - 1) + "?";
    try (PreparedStatement insert =
        connection.prepareStatement("insert into " + into + " values (" + places + ")")) {
      for (int i = 0; i < values.length; i++) {
        insert.setObject(i + 1, bindable(values[i]));
      }
      insert.executeUpdate();
    }
  }

  private static @Nullable Object bindable(@Nullable Object value) {
    return switch (value) {
      case Enum<?> symbol -> symbol.name();
      case java.time.Instant instant -> Timestamp.from(instant);
      case null, default -> value;
    };
  }
}
