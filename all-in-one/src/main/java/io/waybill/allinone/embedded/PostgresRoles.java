package io.waybill.allinone.embedded;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * The users and the database that a new server does not have yet.
 *
 * @param url of the superuser's database
 */
record PostgresRoles(String url, String superuser, EmbeddedPostgres.Settings settings) {

  /** Makes what is missing; what is there stays as it is. */
  void provide() throws SQLException {
    try (Connection connection = DriverManager.getConnection(url, superuser, settings.password());
        Statement statement = connection.createStatement()) {
      String user = settings.user();
      for (String role : List.of(user, settings.serviceUser())) {
        if (isMissing(connection, "select 1 from pg_roles where rolname = ?", role)) {
          statement.execute(
              quoted(
                  connection,
                  "select format('create role %I login password %L', ?::text, ?::text)",
                  role,
                  settings.password()));
        }
      }
      String database = settings.database();
      if (isMissing(connection, "select 1 from pg_database where datname = ?", database)) {
        statement.execute(
            quoted(
                connection,
                "select format('create database %I owner %I', ?::text, ?::text)",
                database,
                user));
      }
    }
  }

  private static boolean isMissing(Connection connection, String question, String name)
      throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(question)) {
      query.setString(1, name);
      try (ResultSet rows = query.executeQuery()) {
        return !rows.next();
      }
    }
  }

  private static String quoted(Connection connection, String format, String first, String second)
      throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(format)) {
      query.setString(1, first);
      query.setString(2, second);
      try (ResultSet rows = query.executeQuery()) {
        rows.next();
        return rows.getString(1);
      }
    }
  }
}
