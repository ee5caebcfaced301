package io.waybill.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.core.Outage;
import io.waybill.core.app.CommitListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationVersion;
import org.junit.jupiter.api.Test;

/** Migrations, and what they leave behind. */
class SchemaTest {

  @Test
  void migrating_twice_applies_everything_once() {
    PostgresSettings settings = TestPostgres.empty();

    assertThat(Migrations.run(settings)).isPositive();
    assertThat(Migrations.run(settings)).isZero();
  }

  @Test
  void what_this_version_needs_is_the_newest_migration() throws IOException {
    try (Stream<Path> files =
        Files.list(Path.of("src/main/resources/io/waybill/postgres/migration"))) {
      assertThat(
              files
                  .map(file -> file.getFileName().toString())
                  .mapToInt(name -> Integer.parseInt(name.substring(1, name.indexOf("__"))))
                  .max())
          .hasValue(Migrations.NEWEST);
    }
  }

  @Test
  void a_backup_of_an_older_version_is_said_to_be_one_until_it_is_migrated() {
    PostgresSettings settings = TestPostgres.empty();
    Flyway.configure()
        .dataSource(Pool.patient(settings))
        .locations("classpath:io/waybill/postgres/migration")
        .target(MigrationVersion.fromVersion("" + (Migrations.NEWEST - 1)))
        .load()
        .migrate();
    try (PostgresUnitOfWork work = PostgresUnitOfWork.open(settings, CommitListener.NONE)) {
      assertThatThrownBy(work::check)
          .isInstanceOf(Outage.class)
          .hasMessageContaining(
              "migration %d, needed is %d", Migrations.NEWEST - 1, Migrations.NEWEST)
          .hasMessageContaining("./waybill admin migrate");

      assertThat(Migrations.run(settings)).isEqualTo(1);

      work.check();
    }
  }

  @Test
  void a_backup_of_a_later_version_is_worked_with_and_said_to_be_one() throws SQLException {
    PostgresSettings settings = TestPostgres.empty();
    Migrations.run(settings);
    assertThat(Migrations.later(settings)).isEmpty();
    try (Connection owner = Pool.patient(settings).getConnection();
        Statement later = owner.createStatement()) {
      later.execute(
          """
          insert into flyway_schema_history (installed_rank, version, description, type, script, installed_by,
            execution_time, success)
          select max(installed_rank) + 1, '9999', 'later', 'SQL', 'V9999__later.sql', 'test', 0, true
          from flyway_schema_history
          """);
    }

    assertThat(Migrations.run(settings)).isZero();

    assertThat(Migrations.later(settings)).hasValue(9999);
    try (PostgresUnitOfWork work = PostgresUnitOfWork.open(settings, CommitListener.NONE)) {
      work.check();
    }
  }

  @Test
  void processes_that_start_together_migrate_once() throws Exception {
    PostgresSettings settings = TestPostgres.empty();
    int applied = 0;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> starts = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        starts.add(threads.submit(() -> Migrations.run(settings)));
      }
      for (Future<Integer> start : starts) {
        applied += start.get();
      }
    }
    int alone = Migrations.run(TestPostgres.empty());
    assertThat(applied).as("each by whoever came first").isEqualTo(alone);
  }

  @Test
  void events_of_this_and_the_next_three_months_have_partitions_of_their_own() {
    PostgresSettings settings = TestPostgres.migrated();

    for (String table : List.of("upload_events", "audit_events")) {
      for (int month = 0; month <= 3; month++) {
        assertThat(partitionOf(settings, table, "now() + interval '" + month + " months'"))
            .isEqualTo(
                one(
                    settings,
                    "select '%s_' || to_char((date_trunc('month', now() at time zone 'UTC') +"
                            .formatted(table)
                        + " interval '"
                        + month
                        + " months'), 'YYYY_MM')"));
      }
      assertThat(partitionOf(settings, table, "now() - interval '3 years'"))
          .isEqualTo(table + "_default");
    }
  }

  @Test
  void a_month_whose_rows_are_in_the_default_partition_keeps_them_there() {
    PostgresSettings settings = TestPostgres.migrated();
    partitionOf(settings, "upload_events", "'2040-02-10'");

    one(settings, "select create_event_partitions('2040-01-15', 2)::text");

    assertThat(partitionOf(settings, "upload_events", "'2040-01-10'"))
        .isEqualTo("upload_events_2040_01");
    assertThat(partitionOf(settings, "upload_events", "'2040-02-11'"))
        .isEqualTo("upload_events_default");
    assertThat(partitionOf(settings, "upload_events", "'2040-03-31 23:59:59.999Z'"))
        .isEqualTo("upload_events_2040_03");
  }

  /** Inserts a row whose id is of that time and says where it went. */
  private static String partitionOf(PostgresSettings settings, String table, String time) {
    String id = "uuidv7_floor((" + time + ")::timestamptz)";
    String insert =
        table.equals("audit_events")
            ? "insert into audit_events values (%s, gen_random_uuid(), 'a', 'a', 't',"
                + " gen_random_uuid(), 'ok', 'r', 'http', now(), '{}')"
            : "insert into upload_events values (%s, gen_random_uuid(), gen_random_uuid(),"
                + " gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), null,"
                + " gen_random_uuid(), 'upload.paused', 'a', 'r', now(), '{}', null, '{}')";
    return one(settings, insert.formatted(id) + " returning tableoid::regclass::text");
  }

  @Test
  void every_index_that_serves_a_tenant_begins_with_it() {
    List<String> others =
        all(
            TestPostgres.migrated(),
            """
            select i.indexrelid::regclass::text from pg_index i
            join pg_class t on t.oid = i.indrelid and t.relkind in ('r', 'p')
            join pg_attribute a on a.attrelid = t.oid and a.attname = 'tenant_id'
            where t.relnamespace = 'public'::regnamespace and not t.relispartition
              and not i.indisunique and i.indkey[0] <> a.attnum
            order by 1
            """);
    // These are the workers', of all tenants at once.
    assertThat(others)
        .containsExactlyInAnyOrder(
            "upload_sessions_due",
            "datasets_to_purge",
            "datasets_holds_to_tell",
            "datasets_unvalidated",
            "recovery_runs_due",
            "recovery_checks_due",
            "recovery_checks_of_run",
            "device_commands_due",
            "device_commands_expiry",
            "outbox_events_stream",
            "outbox_deliveries_due",
            "outbox_deliveries_order",
            "outbox_deliveries_due_to",
            "idempotency_records_unanswered",
            "idempotency_records_expiry");
  }

  @Test
  void a_use_case_of_tomorrow_is_remembered_without_a_migration() {
    String insert =
        """
        with t as (
          insert into tenants (id, slug, name, created_at)
          values (gen_random_uuid(), 'tomorrow', 'Tomorrow', now()) returning id)
        insert into idempotency_records
          (tenant_id, actor, key, use_case, fingerprint, lease_until, expires_at)
        select id, 'worker', 'k', 'DO_TOMORROW', repeat('0', 64), now(), now() from t
        returning use_case
        """;

    assertThat(one(TestPostgres.migrated(), insert)).isEqualTo("DO_TOMORROW");
  }

  private static String one(PostgresSettings settings, String sql) {
    return all(settings, sql).getFirst();
  }

  private static List<String> all(PostgresSettings settings, String sql) {
    try (Connection connection = Pool.driver(settings).getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> found = new ArrayList<>();
      while (rows.next()) {
        found.add(rows.getString(1));
      }
      return found;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
