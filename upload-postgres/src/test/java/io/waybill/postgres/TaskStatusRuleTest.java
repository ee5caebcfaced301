package io.waybill.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.upload.ObjectStatus;
import io.waybill.core.upload.TaskStatus;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The generated column and {@link TaskStatus#of} are one rule. */
class TaskStatusRuleTest {
  private static final List<ObjectStatus> STATUSES = List.of(ObjectStatus.values());

  @Test
  void sql_and_java_agree_on_every_mix_of_objects() throws Exception {
    int compared = 0;
    try (Connection connection = Pool.driver(ContractDatabase.settings()).getConnection();
        Statement statement = connection.createStatement()) {
      // The column's own expression, on 0, 1 or 2 objects in each status; without the table's
      // checks.
      statement.execute("create temp table mixes (like upload_tasks including generated)");
      statement.execute(everyMix());
      try (ResultSet rows = statement.executeQuery(everyMixWithItsPast())) {
        while (rows.next()) {
          List<ObjectStatus> objects = objects(rows);
          if (!objects.isEmpty()) { // a task has at least one
            assertThat(TaskStatus.valueOf(rows.getString("status")))
                .as("%s", objects)
                .isEqualTo(TaskStatus.of(objects));
            // nothing has changed since, so the rule run back says the same
            assertThat(rows.getString("status_before")).isEqualTo(rows.getString("status"));
            compared++;
          }
        }
      }
    }
    assertThat(compared).isEqualTo((int) Math.pow(3, STATUSES.size()) - 1);
  }

  private static String everyMixWithItsPast() {
    String unchanged =
        STATUSES.stream()
            .map(status -> "0 as " + TaskCounters.column(status))
            .collect(Collectors.joining(", "));
    return "select t.*, %s as status_before from mixes t, (select %s) c"
        .formatted(TaskCounters.STATUS_BEFORE, unchanged);
  }

  private static String everyMix() {
    StringBuilder columns = new StringBuilder();
    StringBuilder tables = new StringBuilder();
    for (ObjectStatus status : STATUSES) {
      columns.append(", ").append(TaskCounters.column(status));
      tables.append(" cross join generate_series(0, 2) ").append(TaskCounters.column(status));
    }
    return ("insert into mixes (id, tenant_id, project_id, task_initiator, object_count,"
        + " total_size_bytes, metadata, created_at, updated_at"
        + columns
        + ") select gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 'api', 1, 1, '{}',"
        + " now(), now()"
        + columns
        + " from (select 1)"
        + tables);
  }

  private static List<ObjectStatus> objects(ResultSet row) throws Exception {
    List<ObjectStatus> objects = new ArrayList<>();
    for (ObjectStatus status : STATUSES) {
      objects.addAll(Collections.nCopies(row.getInt(TaskCounters.column(status)), status));
    }
    return objects;
  }
}
