package io.waybill.allinone.embedded;

import io.waybill.server.config.StartupFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs PostgreSQL's own programs. PostgreSQL refuses to run as root, so root runs them in a user
 * namespace of its own, or, where the kernel forbids that, as the account {@code postgres}.
 */
final class PostgresPrograms {
  private final Path home;
  private final List<String> runner;

  private PostgresPrograms(Path home, List<String> runner) {
    this.home = home;
    this.runner = runner;
  }

  /** The programs, able to run for this user and to write to {@code directory}. */
  static PostgresPrograms forDataIn(Path directory) {
    if (!"root".equals(System.getProperty("user.name"))) {
      Path cache = cacheOf(userHome());
      return new PostgresPrograms(
          PostgresBinaries.unpackedIn(isUsable(cache) ? cache : directory.resolve("programs")),
          List.of());
    }
    if (succeeds("unshare", "-U", "true")) {
      return new PostgresPrograms(
          PostgresBinaries.unpackedIn(cacheOf(userHome())), List.of("unshare", "-U"));
    }
    if (succeeds("runuser", "-u", "postgres", "--", "true")) {
      give(directory);
      return new PostgresPrograms(
          PostgresBinaries.unpackedIn(Path.of("/var/tmp/waybill")),
          List.of("runuser", "-u", "postgres", "--"));
    }
    throw new StartupFailure(
        "PostgreSQL does not run as root and this machine offers neither user namespaces"
            + " (unshare -U) nor an account named postgres: run as an ordinary user,"
            + " or create that account");
  }

  /** Runs one program to its end; its output is the message if it fails. */
  void run(String program, String... arguments) {
    List<String> command = new ArrayList<>(runner);
    command.add(home.resolve("bin").resolve(program).toString());
    command.addAll(List.of(arguments));
    Outcome outcome = execute(command);
    if (outcome.exitCode() != 0) {
      throw new StartupFailure(
          "PostgreSQL's %s failed (exit %d): %s"
              .formatted(program, outcome.exitCode(), outcome.output().strip()));
    }
  }

  /** Accounts of services often have no home. */
  private static boolean isUsable(Path cache) {
    try {
      return Files.isWritable(Files.createDirectories(cache));
    } catch (IOException noHome) {
      return false;
    }
  }

  private static Path userHome() {
    return Path.of(System.getProperty("user.home"));
  }

  private static Path cacheOf(Path userHome) {
    String configured = System.getenv("XDG_CACHE_HOME");
    return (configured == null || configured.isBlank()
            ? userHome.resolve(".cache")
            : Path.of(configured))
        .resolve("waybill");
  }

  private static void give(Path directory) {
    Outcome outcome = execute(List.of("chown", "-R", "postgres", directory.toString()));
    if (outcome.exitCode() != 0) {
      throw new StartupFailure("cannot give " + directory + " to postgres: " + outcome.output());
    }
  }

  private static boolean succeeds(String... command) {
    try {
      return execute(List.of(command)).exitCode() == 0;
    } catch (StartupFailure notInstalled) {
      return false;
    }
  }

  private record Outcome(int exitCode, String output) {}

  /**
   * Output goes through a file: the server that pg_ctl leaves behind inherits a pipe and would keep
   * it open for ever.
   */
  private static Outcome execute(List<String> command) {
    try {
      Path output = Files.createTempFile("waybill-postgres-", ".out");
      try {
        Process process =
            new ProcessBuilder(command)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        int exitCode = process.waitFor();
        return new Outcome(exitCode, Files.readString(output, StandardCharsets.UTF_8));
      } finally {
        Files.deleteIfExists(output);
      }
    } catch (IOException e) {
      throw new StartupFailure("cannot run " + command.getFirst() + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartupFailure("interrupted while running " + command.getFirst(), e);
    }
  }
}
