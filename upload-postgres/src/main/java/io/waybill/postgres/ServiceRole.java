package io.waybill.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/**
 * What the services may do in the database: everything with rows but to change or delete those of
 * the audit trail, and nothing with the schema. Granted anew by every migration, so that new tables
 * are covered.
 */
final class ServiceRole {
  private static final String RIGHTS =
      """
      do $$
      declare
        role text := current_setting('waybill.service_role');
        kept text;
      begin
        execute format('grant usage on schema public to %I', role);
        execute format('grant select, insert, update, delete on all tables in schema public to %I', role);
        execute format('grant usage, select on all sequences in schema public to %I', role);
        for kept in
          select c.oid::regclass::text from pg_class c
          where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
            and (c.relname in ('audit_events', 'audit_seals') or exists (
              select from pg_inherits i where i.inhrelid = c.oid and i.inhparent = 'audit_events'::regclass))
        loop
          execute format('revoke update, delete, truncate, trigger on %s from %I', kept, role);
        end loop;
        execute format(
          'revoke insert, update, delete, truncate on flyway_schema_history, event_retention, audit_retention,
            audit_drops from %I', role);
        execute format('grant execute on function make_event_months(), drop_event_month(), drop_audit_month(),
          drop_audit_seals() to %I', role);
      end $$
      """;

  private ServiceRole() {}

  /** Gives the role its rights, and takes those that it must not have. */
  static void grant(DataSource owner, String role) {
    try (Connection connection = owner.getConnection();
        PreparedStatement name =
            connection.prepareStatement("select set_config('waybill.service_role', ?, true)");
        Statement rights = connection.createStatement()) {
      connection.setAutoCommit(false);
      name.setString(1, role);
      name.execute();
      rights.execute(RIGHTS);
      connection.commit();
    } catch (SQLException e) {
      throw new IllegalStateException(
          "the role " + role + " (WAYBILL_DATABASE_SERVICE_USER) could not be given its rights", e);
    }
  }
}
