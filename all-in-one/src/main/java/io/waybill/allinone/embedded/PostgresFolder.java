package io.waybill.allinone.embedded;

import io.waybill.server.config.StartupFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The folder of the embedded PostgreSQL: its data, made whole or not at all, and its log. */
record PostgresFolder(EmbeddedPostgres.Settings settings, PostgresPrograms programs) {
  private static final Logger LOG = LoggerFactory.getLogger(PostgresFolder.class);

  /** Owns the server; nobody but us works as this user. */
  static final String SUPERUSER = "postgres";

  Path data() {
    return settings.directory().resolve("data");
  }

  Path log() {
    return settings.directory().resolve("server.log");
  }

  /** A server whose process died leaves its pid file; one that lives on is stopped properly. */
  void stopOrphan() {
    Path data = data();
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
  void prepare(int port) {
    Path data = data();
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
      Files.writeString(data.resolve("postgresql.conf"), configuration(port));
      Files.setPosixFilePermissions(
          data.resolve("postgresql.conf"), PosixFilePermissions.fromString("rw-r--r--"));
    } catch (IOException e) {
      throw new StartupFailure("cannot prepare the database in " + data + ": " + e, e);
    }
  }

  private static String configuration(int port) {
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

  /** The last lines that the server has logged. */
  String lastWords() {
    try (Stream<String> lines = Files.lines(log())) {
      List<String> all = lines.toList();
      return String.join(" | ", all.subList(Math.max(0, all.size() - 5), all.size()));
    } catch (IOException e) {
      return "(no log: " + e.getMessage() + ")";
    }
  }
}
