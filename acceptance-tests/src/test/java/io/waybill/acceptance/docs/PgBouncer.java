package io.waybill.acceptance.docs;

import io.waybill.acceptance.site.Listening;
import io.waybill.acceptance.site.Ports;
import io.waybill.acceptance.site.Site;
import io.waybill.server.config.Configuration;
import io.waybill.server.config.DatabaseSetting;
import io.waybill.server.config.Setting;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * PgBouncer before the database of a site: Debian's, or the program that {@code
 * WAYBILL_TEST_PGBOUNCER} names.
 */
final class PgBouncer implements AutoCloseable {
  private static final String PROGRAM =
      System.getenv().getOrDefault("WAYBILL_TEST_PGBOUNCER", "/usr/sbin/pgbouncer");
  private static final Pattern VERSION = Pattern.compile("PgBouncer (\\d+)\\.(\\d+)");

  private final Path settings;
  private final Path log;
  private final int port;
  private final String database;
  private final boolean keepsStatements;
  private Process process;

  private PgBouncer(Path settings, Path log, int port, String database, boolean keepsStatements) {
    this.settings = settings;
    this.log = log;
    this.port = port;
    this.database = database;
    this.keepsStatements = keepsStatements;
    this.process = launched();
  }

  /**
   * With an administrator's settings, but for places; returns when it listens.
   *
   * @param home a folder of its own is made there
   */
  static PgBouncer start(String settings, Site site, Path home) throws IOException {
    Configuration configuration = site.configuration();
    URI server = URI.create(configuration.text(DatabaseSetting.URL).replaceFirst("^jdbc:", ""));
    String database = server.getPath().substring(1);
    int port = Ports.free();
    // Started by root it becomes another user, who reads it all the same.
    Path folder = Files.createTempDirectory("pgbouncer");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path users = folder.resolve("userlist.txt");
    Files.writeString(
        users,
        "\"%s\" \"%s\"\n"
            .formatted(
                configuration.text(DatabaseSetting.USER),
                configuration.text(DatabaseSetting.PASSWORD)));
    boolean keepsStatements = isAtLeast(1, 21);
    Path file = folder.resolve("pgbouncer.ini");
    Files.writeString(
        file,
        settings
                .replace("host=10.0.0.5 port=5432", "host=127.0.0.1 port=" + server.getPort())
                .replace("10.0.0.6", "127.0.0.1")
                .replace("6432", "" + port)
                .replace("/etc/pgbouncer/userlist.txt", users.toString())
            + "unix_socket_dir =\n"
            + (keepsStatements ? "max_prepared_statements = 500\n" : ""));
    return new PgBouncer(file, home.resolve("pgbouncer.log"), port, database, keepsStatements);
  }

  /** Why it cannot be started here; empty when it can. */
  static String missing() {
    return Files.isExecutable(Path.of(PROGRAM)) ? "" : "no " + PROGRAM;
  }

  private static boolean isAtLeast(int major, int minor) throws IOException {
    Process asked = new ProcessBuilder(PROGRAM, "--version").redirectErrorStream(true).start();
    String said = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    Matcher version = VERSION.matcher(said);
    if (!version.find()) {
      throw new IllegalStateException(PROGRAM + " does not say its version: " + said);
    }
    int found = Integer.parseInt(version.group(1));
    return found > major || (found == major && Integer.parseInt(version.group(2)) >= minor);
  }

  private Process launched() {
    List<String> command = new ArrayList<>(List.of(PROGRAM));
    if (System.getProperty("user.name").equals("root")) {
      command.addAll(List.of("-u", "nobody"));
    }
    command.add(settings.toString());
    return Listening.start(command, port, log);
  }

  /** As the page has services name it. */
  String url() {
    String url = "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    return keepsStatements ? url : url + "?prepareThreshold=0";
  }

  /** Has a client connect by it. */
  Map<Setting, String> asDatabase() {
    return Map.of(DatabaseSetting.URL, url());
  }

  /** {@code kill -9}; returns when it is dead. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  /** Starts it again. */
  void run() {
    process = launched();
  }

  @Override
  public void close() throws IOException {
    kill();
    for (String file : List.of("userlist.txt", "pgbouncer.ini", "")) {
      Files.delete(settings.resolveSibling(file));
    }
  }
}
