package io.waybill.acceptance.site;

import io.waybill.server.config.Configuration;
import io.waybill.server.config.DatabaseSetting;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The rows of an installation, for tests that count them. */
public final class Database {
  private final Configuration configuration;

  public Database(Configuration configuration) {
    this.configuration = configuration;
  }

  /** The first column of the first row. */
  public long count(String sql, Object... parameters) {
    return Long.parseLong(texts(sql, parameters).getFirst());
  }

  /** The first column of every row, as text. */
  public List<String> texts(String sql, Object... parameters) {
    try (Connection connection = connect();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int n = 0; n < parameters.length; n++) {
        statement.setObject(n + 1, parameters[n]);
      }
      try (ResultSet rows = statement.executeQuery()) {
        List<String> texts = new ArrayList<>();
        while (rows.next()) {
          texts.add(String.valueOf(rows.getString(1)));
        }
        return texts;
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Changes rows behind the back of every program, as time or an operator would. */
  public int change(String sql, Object... parameters) {
    try (Connection connection = connect();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int n = 0; n < parameters.length; n++) {
        statement.setObject(n + 1, parameters[n]);
      }
      return statement.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(
        configuration.text(DatabaseSetting.URL),
        configuration.text(DatabaseSetting.USER),
        configuration.text(DatabaseSetting.PASSWORD));
  }
}
