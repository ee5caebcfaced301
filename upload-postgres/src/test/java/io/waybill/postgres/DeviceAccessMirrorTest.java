package io.waybill.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.access.DeviceAccess;
import io.waybill.core.access.Grant;
import io.waybill.core.access.PermissionGrant;
import io.waybill.core.access.Resource;
import io.waybill.core.access.ResourceKind;
import io.waybill.core.app.CommitListener;
import io.waybill.testkit.contract.World;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What the version before reads and writes says the same as the grants. */
class DeviceAccessMirrorTest {
  private final World world = World.fresh();
  private final PostgresSettings settings = TestPostgres.migrated();

  @Test
  void a_row_of_the_version_before_opens_the_project_and_its_end_closes_it() throws SQLException {
    PostgresWorld.register(settings, world);
    try (PostgresUnitOfWork work = PostgresUnitOfWork.open(settings, CommitListener.NONE)) {
      run(
          "insert into device_project_grants (tenant_id, device_id, project_id, created_at)"
              + " values ('%s', '%s', '%s', now())"
                  .formatted(world.tenantId(), world.otherRobot().id(), project()));
      assertThat(grants(work)).containsExactlyInAnyOrderElementsOf(DeviceAccess.to(project()));

      run(
          "delete from device_project_grants where device_id = '%s'"
              .formatted(world.otherRobot().id()));
      assertThat(grants(work)).isEmpty();
    }
  }

  @Test
  void the_version_before_sees_what_is_granted_and_taken_back() throws SQLException {
    PostgresWorld.register(settings, world);
    assertThat(rowsOfRobot()).isEqualTo(1);
    try (PostgresUnitOfWork work = PostgresUnitOfWork.open(settings, CommitListener.NONE)) {
      Resource.Node on = new Resource.Node(ResourceKind.PROJECT, project());
      int taken =
          work.commit(tx ->
              tx.grants()
                  .take(
                      world.tenantId(),
                      world.robot().subject(),
                      on,
                      PermissionGrant.PROJECT_GRANT));
      assertThat(taken).isEqualTo(DeviceAccess.PERMISSIONS.size());
    }
    assertThat(rowsOfRobot()).isZero();
  }

  private UUID project() {
    return world.project().projectId();
  }

  private List<Grant> grants(PostgresUnitOfWork work) {
    return work.read(tx -> tx.identities().device(world.tenantId(), world.otherRobot().id()))
        .orElseThrow()
        .grants();
  }

  private int rowsOfRobot() throws SQLException {
    try (Connection connection = Pool.driver(settings).getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select count(*) from device_project_grants where device_id = '%s'"
                    .formatted(world.robot().id()))) {
      rows.next();
      return rows.getInt(1);
    }
  }

  private void run(String sql) throws SQLException {
    try (Connection connection = Pool.driver(settings).getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
