package io.waybill.acceptance.docs;

import io.waybill.acceptance.site.Command;
import io.waybill.acceptance.site.Ports;
import io.waybill.acceptance.site.Site;
import io.waybill.server.config.DatabaseSetting;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import org.awaitility.Awaitility;

/** PostgreSQL 17 in a container, with a disk for its data and one for its backups. */
final class ContainedPostgres implements AutoCloseable {
  private static final String IMAGE = "postgres:17-alpine";
  private static final String DATA = "/var/lib/postgresql/data";

  private final String name;
  private final int port = Ports.free();
  private final List<String> settings;
  private final String password;

  private ContainedPostgres(String name, List<String> settings, String password) {
    this.name = name;
    this.settings = settings;
    this.password = password;
  }

  /**
   * With lines of {@code postgresql.conf}, for whom the site's programs are; returns when it
   * answers.
   */
  static ContainedPostgres start(String settings, Site site)
      throws IOException, InterruptedException {
    List<String> options = new ArrayList<>();
    for (String line : settings.lines().toList()) {
      options.add("-c");
      options.add(line.replace(" = ", "=").replace("'", ""));
    }
    ContainedPostgres postgres =
        new ContainedPostgres(
            "waybill-backup-" + ProcessHandle.current().pid(),
            options,
            site.configuration().text(DatabaseSetting.PASSWORD));
    postgres.once("mkdir -p /backup/wal && chown -R postgres /backup");
    postgres.launch();
    return postgres;
  }

  /** Runs a container of the same disks to its end, as root. */
  private void once(String script) throws IOException, InterruptedException {
    docker(
        "run",
        "--rm",
        "-v",
        disk("data", DATA),
        "-v",
        disk("backup", "/backup"),
        "--entrypoint",
        "sh",
        IMAGE,
        "-ec",
        script);
  }

  private String disk(String which, String path) {
    return name + "-" + which + ":" + path;
  }

  private void launch() throws IOException, InterruptedException {
    List<String> words =
        new ArrayList<>(
            List.of(
                "run",
                "-d",
                "--stop-timeout",
                "10",
                "--name",
                name,
                "-v",
                disk("data", DATA),
                "-v",
                disk("backup", "/backup"),
                "-p",
                "127.0.0.1:" + port + ":5432"));
    for (Entry<String, String> variable :
        Map.of("POSTGRES_USER", "waybill", "POSTGRES_DB", "waybill", "POSTGRES_PASSWORD", password)
            .entrySet()) {
      words.add("-e");
      words.add(variable.getKey() + "=" + variable.getValue());
    }
    words.add(IMAGE);
    words.addAll(settings);
    docker(words.toArray(String[]::new));
    // While it makes its first database it listens to nobody outside.
    Awaitility.await()
        .atMost(Duration.ofMinutes(2))
        .ignoreExceptions()
        .until(() -> run("psql --username=waybill --host=127.0.0.1 -Atc 'select 1'").equals("1"));
  }

  String url() {
    return "jdbc:postgresql://127.0.0.1:" + port + "/waybill";
  }

  /** What these lines print, run beside it and as its user. */
  String run(String script) throws IOException, InterruptedException {
    return docker(
        "exec", "-u", "postgres", "-e", "PGPASSWORD=" + password, name, "sh", "-ec", script);
  }

  /** The machine is lost, and the disk with its data. */
  void loseData() throws IOException, InterruptedException {
    docker("kill", name);
    docker("rm", name);
    docker("volume", "rm", name + "-data");
  }

  /** Another machine, with an empty disk on which these lines are run first. */
  void restore(String script) throws IOException, InterruptedException {
    once(script + "\nchown -R postgres " + DATA + "\nchmod 700 " + DATA);
    launch();
  }

  private static String docker(String... arguments) throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(List.of("docker"));
    words.addAll(List.of(arguments));
    return Command.of(words).print();
  }

  @Override
  public void close() throws IOException {
    try {
      docker("rm", "-f", name);
      docker("volume", "rm", name + "-data", name + "-backup");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
