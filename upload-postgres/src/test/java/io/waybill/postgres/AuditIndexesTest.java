package io.waybill.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each way to look into the audit trail has its index, beside 100 000 rows of five tenants. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuditIndexesTest {

  private static final String LIST =
      "select e.id from audit_events e where e.tenant_id = '%s' and %s"
          + " and e.id >= '%s'::uuid and e.id < '%s'::uuid order by e.id desc limit 51";
  private static final UUID TENANT = new UUID(0, 1);

  private final PostgresSettings settings = TestPostgres.migrated();

  @BeforeAll
  void load() {
    lines(
        """
        insert into audit_events (id, tenant_id, actor, action, resource_type, resource_id, result, request_id,
          transport, occurred_at, details)
        select (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || '7000' || '8' || lpad(to_hex(n), 15, '0'))::uuid,
          lpad((n % 5)::text, 32, '0')::uuid, 'api_key:' || n % 503, 'tag.a' || n % 401, 'tag',
          lpad((n % 997)::text, 32, '0')::uuid, 'ok', 'r', 'http', at, '{}'
        from (select n, now() - (n || ' seconds')::interval as at from generate_series(1, 100000) as n) as rows
        """);
    lines("vacuum analyze audit_events");
  }

  @ParameterizedTest
  @CsvSource({
    "true, pkey",
    "e.actor = 'api_key:7', actor",
    "e.action = 'tag.a7', action",
    "e.resource_id = '00000000-0000-0000-0000-000000000007' and e.resource_type = 'tag', resource",
  })
  void a_list_reads_its_index_and_no_table_through(String lead, String index) {
    List<String> plan =
        lines("explain " + LIST.formatted(TENANT, lead, new UUID(0, 0), new UUID(-1, -1)));

    assertThat(plan).anyMatch(line -> line.contains("Index") && line.contains(index));
    assertThat(plan).noneMatch(line -> line.contains("Seq Scan on audit_events_2"));
  }

  @Test
  void a_time_leaves_out_the_months_that_it_does_not_touch() {
    UUID nineties = new UUID(0x00BFFFFFFFFFL << 16, 0);

    List<String> plan =
        lines("explain " + LIST.formatted(TENANT, "true", new UUID(0, 0), nineties));

    assertThat(plan).noneMatch(line -> line.contains("audit_events_2"));
  }

  private List<String> lines(String sql) {
    List<String> lines = new ArrayList<>();
    try (Connection connection = Pool.driver(settings).getConnection();
        Statement statement = connection.createStatement()) {
      if (statement.execute(sql)) {
        ResultSet rows = statement.getResultSet();
        while (rows.next()) {
          lines.add(rows.getString(1));
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return lines;
  }
}
