package io.waybill.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What rows of an older schema say after the migrations. */
class OldRowsTest {

  private static final String SESSION = "'0190a000-0000-7000-8000-0000000000f1'";
  private static final String ID = "'0190a000-0000-7000-8000-0000000000f2'";

  private final PostgresSettings settings = TestPostgres.empty();
  private final DataSource database = Pool.driver(settings);

  /** Ten bytes in parts of four, one paused; none of the rows around it is of interest here. */
  @BeforeEach
  void migrateToTheFirstWords() {
    Flyway.configure()
        .dataSource(database)
        .locations("classpath:io/waybill/postgres/migration")
        .target("4")
        .load()
        .migrate();
    run(
        """
        insert into upload_sessions (id, tenant_id, project_id, dataset_id, task_id, object_id,
          storage_policy_id, endpoint_ref, bucket, object_key, file_size_bytes, part_size_bytes,
          original_filename, content_type, created_at, updated_at, expires_at, attempt, version,
          status, upload_id, pause_reason, paused_at, due_at)
        values (SESSION, ID, ID, ID, ID, ID, ID, 'default', 'robot-data', 'key', 10, 4, 'run.mcap',
          'video/mp4', now(), now(), '2100-01-01', 0, 3, 'PAUSED', 'u1', 'lunch', now(),
          '2100-01-01')\
        """);
  }

  @Test
  void parts_say_whether_storage_has_confirmed_them_and_which_it_has_in_another_size() {
    part(1, 4, "STORED");
    part(2, 4, "ACKNOWLEDGED");
    part(3, 3, "STORED"); // the last one has two bytes

    Migrations.run(settings);

    assertThat(
            rows(
                "select part_number, status, confirmed, checksum_sha256 from upload_parts"
                    + " order by part_number"))
        .containsExactly("1 UPLOADED t null", "2 UPLOADED f null", "3 FAILED t null");
  }

  @Test
  void events_are_called_as_the_contract_calls_them_in_all_three_tables() {
    event("a1", "upload.parts_presigned", "now()");
    event("a2", "upload.parts_acknowledged", "null");
    event("a3", "upload.completing", "null");
    event("a4", "upload.aborting", "null");
    event("a5", "upload.paused", "null");
    event("a6", "upload.swept", "null");
    run(
        "insert into audit_events values (ID, ID, 'device:x', 'upload.aborting', 'upload_session',"
            + " SESSION, 'ok', 'r', 'mqtt', now(), '{}')");
    run(
        "insert into outbox_events (id, tenant_id, aggregate_type, aggregate_id, sequence, type,"
            + " occurred_at, payload) values (ID, ID, 'upload_session', SESSION, 1,"
            + " 'upload.completing', now(), '{}')");

    Migrations.run(settings);

    assertThat(rows("select type from upload_events order by id"))
        .containsExactly(
            "upload.presign_issued",
            "upload.part_acknowledged",
            "upload.complete_requested",
            "upload.abort_requested",
            "upload.paused");
    assertThat(rows("select action from audit_events")).containsExactly("upload.abort_requested");
    assertThat(rows("select type from outbox_events")).containsExactly("upload.complete_requested");
  }

  @Test
  void an_upload_under_way_stands_where_it_stood() {
    Migrations.run(settings);

    assertThat(rows("select status, pause_reason, upload_id, version from upload_sessions"))
        .containsExactly("PAUSED lunch u1 3");
  }

  private void part(int number, int bytes, String status) {
    run(
        "insert into upload_parts values (SESSION, %d, 'e', %d, '%s', now())"
            .formatted(number, bytes, status));
  }

  private void event(String id, String type, String validUntil) {
    run(
        "insert into upload_events values ('0190a000-0000-7000-8000-0000000000%s', ID, ID, ID, ID, ID,"
                .formatted(id)
            + " null, SESSION, '%s', 'device:x', 'r', now(), '{}', %s, '{}')"
                .formatted(type, validUntil));
  }

  private void run(String statement) {
    try (Connection connection = database.getConnection();
        Statement direct = connection.createStatement()) {
      // Nothing of the registry is of interest here: foreign keys are not asked.
      direct.execute("set session_replication_role = replica");
      direct.execute(statement.replace("SESSION", SESSION).replaceAll("\\bID\\b", ID));
    } catch (SQLException e) {
      throw new IllegalStateException(statement, e);
    }
  }

  private List<String> rows(String query) {
    try (Connection connection = database.getConnection();
        Statement direct = connection.createStatement();
        ResultSet rows = direct.executeQuery(query)) {
      List<String> all = new ArrayList<>();
      while (rows.next()) {
        List<String> row = new ArrayList<>();
        for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
          row.add(rows.getString(column));
        }
        all.add(String.join(" ", row.stream().map(String::valueOf).toList()));
      }
      return all;
    } catch (SQLException e) {
      throw new IllegalStateException(query, e);
    }
  }
}
