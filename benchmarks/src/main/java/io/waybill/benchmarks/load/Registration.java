package io.waybill.benchmarks.load;

import static java.util.stream.Collectors.joining;

import io.waybill.benchmarks.load.Installation.Device;
import io.waybill.core.access.DeviceAccess;
import io.waybill.core.access.Permission;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Devices of a benchmark in the registry, with what they may do in its project. */
final class Registration {
  private Registration() {}

  static void of(List<Device> devices, Connection connection) throws SQLException {
    String codes = DeviceAccess.PERMISSIONS.stream().map(Permission::code).collect(joining(" "));
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      for (Device device : devices) {
        statement.execute(
            """
            insert into devices (id, tenant_id, project_id, name, device_code, device_type, status,
              created_at, updated_at)
            values ('%1$s', '%2$s', '%3$s', 'Benchmark', 'bench-%1$s', 'robot', 'ACTIVE', now(), now());
            insert into device_credentials (id, tenant_id, device_id, credential_version, sha256,
              status, issued_at)
            values (gen_random_uuid(), '%2$s', '%1$s', 1, encode(sha256('%5$s'), 'hex'), 'ACTIVE', now());
            insert into permission_grants (id, tenant_id, subject_kind, subject_id, resource_kind,
              resource_id, code, effect, source, created_at)
            select gen_random_uuid(), '%2$s', 'DEVICE', '%1$s', 'PROJECT', '%3$s', code, 'ALLOW',
              'project_grant', now()
            from unnest(string_to_array('%4$s', ' ')) code
            """
                .formatted(
                    device.id(),
                    Installation.TENANT,
                    Installation.PROJECT,
                    codes,
                    device.credential()));
      }
    }
    connection.commit();
  }
}
