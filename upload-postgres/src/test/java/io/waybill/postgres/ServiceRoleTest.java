package io.waybill.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.core.app.CommitListener;
import io.waybill.core.upload.TaskStore.NewTask;
import io.waybill.testkit.contract.Uploads;
import io.waybill.testkit.contract.World;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whom the services work as: it adds audit rows and seals, and changes none. */
class ServiceRoleTest {
  private static final String ROLE = "service_of_test";

  private final PostgresSettings owner = TestPostgres.empty();
  private final PostgresSettings service =
      PostgresSettings.at(owner.url(), ROLE, "role-password").withPoolSize(2);
  private final World world = World.fresh();

  @BeforeEach
  void migrate() throws SQLException {
    run(
        owner,
        "do $$ begin create role service_of_test login password 'role-password';"
            + " exception when duplicate_object then null; end $$");
    Migrations.run(owner, ROLE);
    assertThat(Migrations.run(owner, ROLE)).as("safe to repeat").isZero();
    PostgresWorld.register(owner, world);
  }

  @AfterEach
  void nothingIsLeft() throws SQLException {
    run(owner, "drop owned by service_of_test");
  }

  @Test
  void it_does_the_work_of_the_services() {
    try (PostgresUnitOfWork work = PostgresUnitOfWork.open(service, CommitListener.NONE)) {
      NewTask task = Uploads.task(world, 1, World.BEGINNING);
      work.commit(tx -> {
        tx.tasks().create(task);
        return task;
      });
      List<UUID> tenants = work.read(tx -> tx.seals().tenants());
      assertThat(tenants).containsExactly(world.tenantId());
      work.check();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "update audit_events set result = 'x'",
        "delete from audit_events",
        "truncate audit_events",
        "update audit_events_default set result = 'x'",
        "delete from audit_events_default",
        "update audit_seals set number = 1",
        "delete from audit_seals",
        "truncate audit_seals",
        "drop table audit_events",
        "alter table audit_events disable trigger all",
        "alter table audit_seals drop column hash",
        "delete from flyway_schema_history",
        "create table mine (id int)",
      })
  void it_cannot_change_what_was_written_down(String sql) {
    assertThatThrownBy(() -> run(service, sql))
        .isInstanceOfSatisfying(
            SQLException.class,
            e -> assertThat(e.getSQLState()).as(e.toString()).isEqualTo("42501"));
  }

  @Test
  void the_owner_can() {
    assertThatCode(() -> run(owner, "delete from audit_events")).doesNotThrowAnyException();
  }

  private static void run(PostgresSettings as, String sql) throws SQLException {
    try (Connection connection = Pool.patient(as).getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
