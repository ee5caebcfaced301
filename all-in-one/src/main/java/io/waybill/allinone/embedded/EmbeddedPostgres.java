package io.waybill.allinone.embedded;

import io.waybill.server.config.Port;
import io.waybill.server.config.StartupFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * A real PostgreSQL 18 on the loopback interface. What it acknowledged survives {@code kill -9} of
 * everything: durability is on, and a server that an earlier process left behind is stopped before
 * its data is used again.
 */
public final class EmbeddedPostgres implements AutoCloseable {
  private static final int RELAUNCHES = 20;

  /**
   * What to run.
   *
   * @param directory everything lives below it: data, log, lock
   * @param user owns {@code database}; it is no superuser
   */
  public record Settings(Path directory, Port port, String user, String password, String database) {

    /** Whom the services work as: it is given its rights by the migrations. */
    public String serviceUser() {
      return user + "_service";
    }

    public static final int DEFAULT_PORT = 25_432;

    /** User, password and database of every development installation. */
    public static Settings development(Path directory, int port) {
      return new Settings(
          directory.toAbsolutePath(),
          new Port(port, "PostgreSQL", "--postgres-port"),
          "waybill",
          "waybill_dev_local_only",
          "waybill");
    }
  }

  private final Settings settings;
  private final DataLock lock;
  private final PostgresPrograms programs;
  private final PostgresFolder folder;
  private final int port;

  private Instant launchedAt = Instant.MIN;
  private boolean isClosed;

  private EmbeddedPostgres(Settings settings, DataLock lock, PostgresPrograms programs, int port) {
    this.settings = settings;
    this.lock = lock;
    this.programs = programs;
    this.folder = new PostgresFolder(settings, programs);
    this.port = port;
  }

  /** Starts the server and returns when it answers, with the user and the database in place. */
  public static EmbeddedPostgres start(Settings settings) {
    DataLock lock = DataLock.take(settings.directory());
    try {
      PostgresPrograms programs = PostgresPrograms.forDataIn(settings.directory());
      new PostgresFolder(settings, programs).stopOrphan();
      EmbeddedPostgres server =
          new EmbeddedPostgres(settings, lock, programs, settings.port().claim());
      server.folder.prepare(server.port);
      server.launch();
      return server;
    } catch (RuntimeException | Error e) {
      lock.close();
      throw e;
    }
  }

  public int port() {
    return port;
  }

  public Settings settings() {
    return settings;
  }

  public String jdbcUrl() {
    return jdbcUrl(settings.database());
  }

  /**
   * Runs the server again if it has died.
   *
   * @return whether it was told to stop, and is left alone
   */
  synchronized boolean isClosedOrRevived() {
    if (!isClosed) {
      relaunch();
    }
    return isClosed;
  }

  /** What a killed server leaves behind takes a moment to go. */
  private void relaunch() {
    for (int left = RELAUNCHES; ; left--) {
      try {
        folder.stopOrphan();
        launch();
        return;
      } catch (StartupFailure e) {
        if (left == 1) {
          throw e;
        }
        LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
      }
    }
  }

  synchronized boolean isClosed() {
    return isClosed;
  }

  synchronized Instant launchedAt() {
    return launchedAt;
  }

  /** The last lines that the server has logged. */
  String lastWords() {
    return folder.lastWords();
  }

  /** The server's process; empty when it has died. */
  Optional<ProcessHandle> postmaster() {
    try (Stream<String> lines = Files.lines(folder.data().resolve("postmaster.pid"))) {
      return lines.findFirst().map(String::strip).map(Long::parseLong).flatMap(ProcessHandle::of);
    } catch (IOException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  @Override
  public synchronized void close() {
    isClosed = true;
    try {
      // it may have died before us: then there is nothing to stop
      if (Files.exists(folder.data().resolve("postmaster.pid"))) {
        programs.run("pg_ctl", "-D", folder.data().toString(), "-m", "fast", "-w", "stop");
      }
    } finally {
      lock.close();
    }
  }

  private void launch() {
    String log = folder.log().toString();
    try {
      programs.run("pg_ctl", "-D", folder.data().toString(), "-l", log, "-w", "start");
      launchedAt = Instant.now();
    } catch (StartupFailure e) {
      throw new StartupFailure("PostgreSQL does not start; its log ends with: " + lastWords(), e);
    }
    try {
      new PostgresRoles(jdbcUrl(PostgresFolder.SUPERUSER), PostgresFolder.SUPERUSER, settings)
          .provide();
    } catch (SQLException e) {
      throw new StartupFailure("PostgreSQL runs, but its database cannot be made: " + e, e);
    }
  }

  private String jdbcUrl(String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
  }
}
