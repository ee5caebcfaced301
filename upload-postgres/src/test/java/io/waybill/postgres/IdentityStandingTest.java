package io.waybill.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.access.Identity;
import io.waybill.core.access.Identity.Standing;
import io.waybill.core.app.CommitListener;
import io.waybill.testkit.contract.World;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the registry says of keys, credentials, devices and tenants that are not in order. */
class IdentityStandingTest {
  private final World world = World.fresh();
  private final PostgresSettings settings = ContractDatabase.settings();
  private final PostgresUnitOfWork work =
      PostgresUnitOfWork.open(settings.withPoolSize(1), CommitListener.NONE);

  @BeforeEach
  void register() {
    PostgresWorld.register(settings, world);
  }

  @AfterEach
  void close() {
    work.close();
  }

  @Test
  void a_key_expires_at_its_time() {
    assertThat(key()).isEqualTo(Optional.of(Standing.ACTIVE));
    run("update api_keys set expires_at = '2026-11-23T08:00:00.123456Z' where id = '%s'");
    assertThat(key()).isEqualTo(Optional.of(Standing.EXPIRED));
  }

  @Test
  void a_revoked_key_is_not_there() {
    run("update api_keys set revoked_at = now() where id = '%s'");
    assertThat(key()).isEmpty();
  }

  @Test
  void a_suspended_tenant_stops_its_keys_and_its_devices() {
    run("update tenants set status = 'SUSPENDED' where id = '" + world.tenantId() + "'");
    assertThat(key()).contains(Standing.TENANT_INACTIVE);
    assertThat(credential()).contains(Standing.TENANT_INACTIVE);
    assertThat(device()).contains(Standing.TENANT_INACTIVE);
  }

  @Test
  void a_disabled_device_is_inactive_however_it_comes() {
    run("update devices set status = 'DISABLED' where id = '" + world.robot().id() + "'");
    assertThat(credential()).contains(Standing.INACTIVE);
    assertThat(device()).contains(Standing.INACTIVE);
  }

  @Test
  void a_credential_expires_is_disabled_and_is_revoked_and_then_its_device_stays_out() {
    String which = " where device_id = '" + world.robot().id() + "'";
    run("update device_credentials set status = 'DISABLED'" + which);
    assertThat(credential()).contains(Standing.INACTIVE);
    run(
        "update device_credentials set status = 'ACTIVE', issued_at = '2026-01-01',"
            + " expires_at = '2026-11-23T08:00:00Z'"
            + which);
    assertThat(credential()).contains(Standing.EXPIRED);
    run("update device_credentials set status = 'REVOKED', revoked_at = now()" + which);
    assertThat(credential()).isEmpty();
    assertThat(device()).contains(Standing.INACTIVE);
  }

  private Optional<Standing> key() {
    return work.read(tx -> tx.identities().byApiKey(world.apiKeySha256(), World.BEGINNING))
        .map(Identity::standing);
  }

  private Optional<Standing> credential() {
    return work.read(
            tx -> tx.identities().byDeviceCredential(world.credentialSha256(), World.BEGINNING))
        .map(Identity::standing);
  }

  private Optional<Standing> device() {
    return work.read(tx -> tx.identities().device(world.tenantId(), world.robot().id()))
        .map(Identity::standing);
  }

  private void run(String sql) {
    try (Connection connection = Pool.driver(settings).getConnection();
        Statement statement = connection.createStatement()) {
      assertThat(statement.executeUpdate(sql.formatted(world.apiKey().id()))).isEqualTo(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
