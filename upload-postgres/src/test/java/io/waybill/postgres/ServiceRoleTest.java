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
        "update event_retention set days = 1",
        "update audit_retention set days = 1",
        "insert into audit_drops values (now(), now(), 1, 'me')",
        "select create_event_partitions(now(), 100)",
        "create table mine (id int)",
      })
  void it_cannot_change_what_was_written_down(String sql) {
    assertThatThrownBy(() -> run(service, sql))
        .isInstanceOfSatisfying(
            SQLException.class,
            e -> assertThat(e.getSQLState()).as(e.toString()).isEqualTo("42501"));
  }

  @Test
  void it_makes_the_months_ahead_with_the_owner_s_rights_and_drops_what_the_owner_keeps_no_longer()
      throws SQLException {
    run(
        owner,
        """
        do $$ declare month text; begin
          for month in select relname from pg_class where relname ~ '^(upload|audit)_events_20[0-9]{2}_[0-9]{2}$'
            and relkind = 'r' loop execute 'drop table ' || month;
          end loop;
          execute format('create table upload_events_2020_01 partition of upload_events for values from (%L) to (%L)',
            uuidv7_floor('2020-01-01Z'), uuidv7_floor('2020-02-01Z'));
        end $$\
        """);
    try (PostgresUnitOfWork work = PostgresUnitOfWork.open(service, CommitListener.NONE)) {
      assertThat(work.<Integer>read(tx -> tx.eventMonths().makeAhead())).isEqualTo(8);
      assertThat(work.<Integer>read(tx -> tx.eventMonths().makeAhead())).isZero();
      assertThat(work.<Integer>read(tx -> tx.eventMonths().dropOldest())).isZero();
      Migrations.keepEvents(owner, 30);
      assertThat(work.<Integer>read(tx -> tx.eventMonths().dropOldest())).isOne();
      assertThat(work.<Integer>read(tx -> tx.eventMonths().dropOldest())).isZero();
    }
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
