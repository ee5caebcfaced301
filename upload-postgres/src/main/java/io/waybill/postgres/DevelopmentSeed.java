package io.waybill.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;

/**
 * Fixed tenants, keys and devices for one developer's machine. Their secrets are published: whoever
 * calls this must have made sure that the environment is not production and that nothing listens
 * beyond loopback.
 */
public final class DevelopmentSeed {
  /** The secret of the key that may do everything in the first tenant. */
  public static final String API_KEY = "wb_dev_local_only";

  private static final String TENANT = "0190a000-0000-7000-8000-000000000001";

  private DevelopmentSeed() {}

  /**
   * Writes the rows that are not there; the seeded policies' bucket is {@code bucket} afterwards.
   */
  public static void load(PostgresSettings settings, String bucket) {
    try (Connection connection = Pool.driver(settings).getConnection()) {
      connection.setAutoCommit(false);
      try (PreparedStatement choose =
              connection.prepareStatement("select set_config('waybill.seed_bucket', ?, true)");
          Statement seed = connection.createStatement()) {
        choose.setString(1, bucket);
        choose.execute();
        seed.execute(rows());
      }
      connection.commit();
    } catch (SQLException e) {
      throw new IllegalStateException("the development seed could not be loaded", e);
    }
  }

  /** Whether its first tenant is in the registry. */
  public static boolean isLoaded(PostgresSettings settings) throws SQLException {
    try (Connection connection = Pool.driver(settings).getConnection();
        Statement ask = connection.createStatement();
        ResultSet found =
            ask.executeQuery("select exists (select from tenants where id = '" + TENANT + "')")) {
      return found.next() && found.getBoolean(1);
    }
  }

  private static String rows() {
    try (InputStream rows =
        Objects.requireNonNull(DevelopmentSeed.class.getResourceAsStream("development-seed.sql"))) {
      return new String(rows.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
