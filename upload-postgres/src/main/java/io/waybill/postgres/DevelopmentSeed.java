package io.waybill.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;

/**
 * Fixed tenants, keys and devices for one developer's machine. Their secrets are published: whoever
 * calls this must have made sure that the environment is not production and that nothing listens
 * beyond loopback.
 */
public final class DevelopmentSeed {
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

  private static String rows() {
    try (InputStream rows =
        Objects.requireNonNull(DevelopmentSeed.class.getResourceAsStream("development-seed.sql"))) {
      return new String(rows.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
