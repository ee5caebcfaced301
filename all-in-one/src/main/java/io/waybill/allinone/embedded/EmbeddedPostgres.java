package io.waybill.allinone.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real PostgreSQL 18 on the loopback interface. What it acknowledged survives {@code kill -9} of
 * everything: durability is on, and a server that an earlier process left behind is stopped before
 * its data is used again.
 */
public final class EmbeddedPostgres implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);
  private static final String SUPERUSER = "postgres";
  private static final int RELAUNCHES = 20;

  /**
   * What to run.
   *
   * @param directory everything lives below it: data, log, lock
   * @param user owns {@code database}; it is no superuser
   */
  public record Settings(Path directory, Port port, String user, String password, String database) {
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
  private final int port;

  private Instant launchedAt = Instant.MIN;
  private boolean isClosed;

  private EmbeddedPostgres(Settings settings, DataLock lock, PostgresPrograms programs, int port) {
    this.settings = settings;
    this.lock = lock;
    this.programs = programs;
    this.port = port;
  }

  /** Starts the server and returns when it answers, with the user and the database in place. */
  public static EmbeddedPostgres start(Settings settings) {
    DataLock lock = DataLock.take(settings.directory());
    try {
      PostgresPrograms programs = PostgresPrograms.forDataIn(settings.directory());
      stopOrphan(programs, data(settings));
      EmbeddedPostgres server =
          new EmbeddedPostgres(settings, lock, programs, settings.port().claim());
      server.initialize();
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
        stopOrphan(programs, data(settings));
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
    return lastLines(log());
  }

  /** The server's process; empty when it has died. */
  Optional<ProcessHandle> postmaster() {
    try (Stream<String> lines = Files.lines(data(settings).resolve("postmaster.pid"))) {
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
      if (Files.exists(data(settings).resolve("postmaster.pid"))) {
        programs.run("pg_ctl", "-D", data(settings).toString(), "-m", "fast", "-w", "stop");
      }
    } finally {
      lock.close();
    }
  }

  /** A server whose process died leaves its pid file; one that lives on is stopped properly. */
  private static void stopOrphan(PostgresPrograms programs, Path data) {
    Path pidFile = data.resolve("postmaster.pid");
    try {
      if (!Files.exists(pidFile)) {
        return;
      }
      List<String> lines = Files.readAllLines(pidFile);
      long pid = lines.isEmpty() ? 0 : Long.parseLong(lines.getFirst().strip());
      boolean isPostgres =
          ProcessHandle.of(pid)
              .flatMap(process -> process.info().command())
              .filter(command -> command.endsWith("/postgres"))
              .isPresent();
      if (isPostgres) {
        LOG.info("stopping the database server {} that an earlier process left running", pid);
        programs.run("pg_ctl", "-D", data.toString(), "-m", "fast", "-w", "stop");
      } else {
        Files.deleteIfExists(pidFile);
      }
    } catch (IOException | NumberFormatException e) {
      throw new StartupFailure("cannot read " + pidFile + ": " + e, e);
    }
  }

  /** Prepares the data folder beside its place and renames it: half a folder is never used. */
  private void initialize() {
    Path data = data(settings);
    Path half = settings.directory().resolve("data.new");
    Path password = settings.directory().resolve("password.new");
    try {
      if (!Files.exists(data)) {
        PostgresBinaries.deleteTree(half);
        Files.writeString(password, settings.password());
        programs.run(
            "initdb",
            "--pgdata=" + half,
            "--username=" + SUPERUSER,
            "--pwfile=" + password,
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale=C",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--no-instructions");
        Files.move(half, data, StandardCopyOption.ATOMIC_MOVE);
      }
      Files.deleteIfExists(password);
      Files.writeString(data.resolve("postgresql.conf"), configuration());
      Files.setPosixFilePermissions(
          data.resolve("postgresql.conf"), PosixFilePermissions.fromString("rw-r--r--"));
    } catch (IOException e) {
      throw new StartupFailure("cannot prepare the database in " + data + ": " + e, e);
    }
  }

  private String configuration() {
    return """
    # Written by Waybill at every start.
    listen_addresses = '127.0.0.1'
    port = %d
    unix_socket_directories = ''
    max_connections = 100
    shared_buffers = 64MB
    # A committed row survives kill -9 and power loss.
    fsync = on
    synchronous_commit = on
    full_page_writes = on
    password_encryption = scram-sha-256
    timezone = 'UTC'
    log_timezone = 'UTC'
    """
        .formatted(port);
  }

  private void launch() {
    String log = log().toString();
    try {
      programs.run("pg_ctl", "-D", data(settings).toString(), "-l", log, "-w", "start");
      launchedAt = Instant.now();
    } catch (StartupFailure e) {
      throw new StartupFailure("PostgreSQL does not start; its log ends with: " + lastWords(), e);
    }
    try {
      new PostgresRoles(jdbcUrl(SUPERUSER), SUPERUSER, settings).provide();
    } catch (SQLException e) {
      throw new StartupFailure("PostgreSQL runs, but its database cannot be made: " + e, e);
    }
  }

  private static String lastLines(Path log) {
    try (Stream<String> lines = Files.lines(log)) {
      List<String> all = lines.toList();
      return String.join(" | ", all.subList(Math.max(0, all.size() - 5), all.size()));
    } catch (IOException e) {
      return "(no log: " + e.getMessage() + ")";
    }
  }

  private String jdbcUrl(String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
  }

  private Path log() {
    return settings.directory().resolve("server.log");
  }

  private static Path data(Settings settings) {
    return settings.directory().resolve("data");
  }
}
