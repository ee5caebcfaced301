package io.waybill.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import org.postgresql.ds.PGSimpleDataSource;

/** Makes the connection pool, with every setting that the stores rely on. */
public final class Pool {
  private static final int CONNECT_SECONDS = 2;
  private static final int VALIDATION_MILLIS = 500;

  private Pool() {}

  /** Opens a pool. The database need not be there yet: until it is, taking a connection fails. */
  public static HikariDataSource open(PostgresSettings settings) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("waybill-postgres");
    config.setDataSource(driver(settings));
    config.setMaximumPoolSize(settings.poolSize());
    config.setConnectionTimeout(settings.connectionWait().toMillis());
    config.setValidationTimeout(VALIDATION_MILLIS);
    config.setInitializationFailTimeout(-1);
    return new HikariDataSource(config);
  }

  static PGSimpleDataSource driver(PostgresSettings settings) {
    int answerMillis = Math.toIntExact(settings.answerWait().toMillis());
    PGSimpleDataSource driver = patient(settings);
    // A connection that is being made; one that is in use has the end of its unit of work.
    driver.setConnectTimeout(CONNECT_SECONDS);
    driver.setSocketTimeout(answerMillis / 1000 + 1);
    // A plan that was made while a table was small is kept when the table has grown: none of them
    // may
    // read one through. Every statement here has an index.
    driver.setOptions(
        "-c statement_timeout=%d -c lock_timeout=%1$d".formatted(answerMillis)
            + " -c enable_seqscan=off -c jit=off"
            + " -c idle_in_transaction_session_timeout=10s");
    return driver;
  }

  /** The same for work that takes as long as it takes: migrations. */
  static PGSimpleDataSource patient(PostgresSettings settings) {
    PGSimpleDataSource driver = new PGSimpleDataSource();
    driver.setUrl(settings.url());
    driver.setUser(settings.user());
    driver.setPassword(settings.password());
    driver.setApplicationName("waybill");
    driver.setConnectTimeout(CONNECT_SECONDS);
    driver.setTcpKeepAlive(true);
    try {
      // UUIDs, enums, timestamps and JSON are bound as text: the server knows their types.
      driver.setProperty("stringtype", "unspecified");
      // A plan prepared at the first use: every statement here is used again. A URL may say
      // otherwise for the sake of a pooler that knows no prepared statements.
      if (!settings.url().contains("prepareThreshold=")) {
        driver.setProperty("prepareThreshold", "1");
      }
      // Details of constraint violations quote rows, and rows do not belong in logs.
      driver.setProperty("logServerErrorDetail", "false");
    } catch (SQLException e) {
      throw new IllegalStateException("the driver knows these properties", e);
    }
    return driver;
  }
}
