package io.waybill.postgres;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

/** The one CHECK of {@code upload_sessions} beside the fifteen that it stands for. */
class SessionChecksTest {

  /** A good row of each state, and rows that differ from it in one column or in two. */
  private static final String TRIALS =
      """
      create temp table trials as
      with common as (select jsonb_build_object('file_size_bytes', 10, 'part_size_bytes', 4,
          'created_at', '2026-01-01', 'updated_at', '2026-01-01', 'expires_at', '2026-01-02',
          'due_at', '2026-01-02', 'attempt', 1, 'version', 1, 'upload_id', 'u') as row
      ), good(row) as (
        select c.row || s from common c, unnest(array[
          '{"status": "INITIATING", "upload_id": null}',
          '{"status": "INITIATED"}',
          '{"status": "UPLOADING", "missing_since": "2026-01-01", "due_at": "2026-01-01"}',
          '{"status": "PAUSED", "paused_at": "2026-01-01", "pause_reason": "lunch"}',
          '{"status": "COMPLETING", "completing_from": "UPLOADING", "lease_until": "2026-01-01"}',
          '{"status": "COMPLETED", "object_size_bytes": 10, "object_etag": "e",
            "completed_at": "2026-01-01", "due_at": null}',
          '{"status": "ABORTING", "abort_reason": "r"}',
          '{"status": "ABORTED", "abort_reason": "r", "aborted_at": "2026-01-01", "due_at": null}',
          '{"status": "EXPIRED", "due_at": "2026-01-03"}',
          '{"status": "FAILED", "last_error_code": "c", "last_error_message": "m",
            "last_error_at": "2026-01-01", "due_at": null}']::jsonb[]) s
      ), changes(change) as (
        select jsonb_build_object(c, v) from unnest(enum_range(null::session_status)) v,
          unnest(array['status', 'completing_from']) c
        union all select jsonb_build_object(c, v) from unnest(array[null, -1, 0, 1, 10, 100000]) v,
          unnest(array['file_size_bytes', 'part_size_bytes', 'attempt', 'version', 'object_size_bytes']) c
        union all select jsonb_build_object(c, v)
          from unnest(array[null, '2026-01-01', '2026-01-02', '2026-01-03']) v,
            unnest(array['created_at', 'expires_at', 'due_at', 'paused_at', 'lease_until', 'missing_since',
              'completed_at', 'aborted_at', 'abort_again_at', 'last_error_at']) c
        union all select jsonb_build_object(c, v) from unnest(array[null, 'x']) v,
          unnest(array['upload_id', 'pause_reason', 'completing_from', 'object_etag', 'object_version_id',
            'abort_reason', 'last_error_code', 'last_error_message']) c where c <> 'completing_from'
        union all select '{"completing_from": null}'
        union all select '{}'
      )
      select r.* from good g, changes one, changes other,
        lateral (select g.row || one.change || other.change as row) trial,
        lateral jsonb_populate_record(null::upload_sessions, trial.row) r
      where one.change <= other.change and trial.row ->> 'part_size_bytes' is distinct from '0'
      """;

  private final PostgresSettings settings = TestPostgres.empty();
  private final DataSource database = Pool.driver(settings);

  @Test
  void one_check_refuses_what_fifteen_refused_and_takes_what_they_took() throws SQLException {
    Flyway.configure()
        .dataSource(database)
        .locations("classpath:io/waybill/postgres/migration")
        .target("14")
        .load()
        .migrate();
    Map<String, String> before = checks();
    Migrations.run(settings);
    assertThat(before).hasSize(15);
    assertThat(checks()).containsOnlyKeys("session_is_whole", "session_lock_is_whole");

    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(TRIALS);
      long taken = count(statement, "coalesce(upload_session_is_whole(whole), true)");
      long refused = count(statement, "not upload_session_is_whole(whole)");
      assertThat(taken).as("taken").isGreaterThan(1_000);
      assertThat(refused).as("refused").isGreaterThan(10_000);
      String all = all(before, "");
      assertThat(
              count(statement, "coalesce(upload_session_is_whole(whole), true) <> (" + all + ")"))
          .as("judged in another way than before")
          .isZero();
      for (String rule : before.keySet()) {
        String alone = "not %s and %s".formatted(before.get(rule), all(before, rule));
        assertThat(count(statement, alone)).as("refused by %s alone", rule).isPositive();
      }
    }
  }

  /** All of them but one. */
  private static String all(Map<String, String> rules, String except) {
    return rules.entrySet().stream()
        .filter(rule -> !rule.getKey().equals(except))
        .map(rule -> "coalesce(" + rule.getValue() + ", true)")
        .collect(joining(" and "));
  }

  private static long count(Statement statement, String condition) throws SQLException {
    String from = " from (select t.*, row(t.*)::upload_sessions as whole from trials t) s where ";
    try (ResultSet row = statement.executeQuery("select count(*)" + from + condition)) {
      row.next();
      return row.getLong(1);
    }
  }

  private Map<String, String> checks() throws SQLException {
    Map<String, String> found = new LinkedHashMap<>();
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                """
                select conname, '(' || pg_get_expr(conbin, conrelid) || ')' from pg_constraint
                where conrelid = 'upload_sessions'::regclass and contype = 'c' order by 1
                """)) {
      while (rows.next()) {
        found.put(rows.getString(1), rows.getString(2));
      }
    }
    return found;
  }
}
