package io.waybill.allinone.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.allinone.embedded.EmbeddedPostgres.Settings;
import io.waybill.server.config.Port;
import io.waybill.server.config.StartupFailure;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresTest {
  @TempDir Path directory;

  @Test
  void a_committed_row_is_there_after_a_restart() throws SQLException {
    try (EmbeddedPostgres first = start()) {
      execute(first, "create table parcel (id int)", "insert into parcel values (42)");
    }
    try (EmbeddedPostgres second = start()) {
      assertThat(answer(second, "select id::text from parcel")).isEqualTo("42");
    }
  }

  @Test
  void nothing_that_was_acknowledged_can_be_lost_because_durability_is_on() throws SQLException {
    try (EmbeddedPostgres server = start()) {
      for (String setting : new String[] {"fsync", "synchronous_commit", "full_page_writes"}) {
        assertThat(answer(server, "show " + setting)).as(setting).isEqualTo("on");
      }
    }
  }

  @Test
  void a_server_that_a_killed_process_left_behind_is_stopped_and_its_rows_are_kept()
      throws Exception {
    Process stack = startInProcessOfItsOwn();
    long postmaster = postmasterOf(directory);
    stack.destroyForcibly().waitFor();
    assertThat(programOf(postmaster)).as("the orphan lives").isPresent();

    try (EmbeddedPostgres next = start()) {
      assertThat(programOf(postmaster)).as("the orphan has ended").isEmpty();
      assertThat(answer(next, "select id::text from left_behind")).isEqualTo("7");
    }
  }

  @Test
  void a_server_that_was_killed_itself_recovers() throws Exception {
    EmbeddedPostgres killed = start();
    execute(killed, "create table parcel (id int)", "insert into parcel values (42)");
    ProcessHandle postmaster = ProcessHandle.of(postmasterOf(directory)).orElseThrow();
    postmaster.destroyForcibly();
    postmaster.onExit().join();
    assertThatThrownBy(killed::close).isInstanceOf(StartupFailure.class);

    try (EmbeddedPostgres next = start()) {
      assertThat(answer(next, "select id::text from parcel")).isEqualTo("42");
    }
  }

  @Test
  void a_server_that_is_watched_is_there_again_after_it_was_killed() throws Exception {
    try (EmbeddedPostgres server = start()) {
      execute(server, "create table parcel (id int)", "insert into parcel values (42)");
      BlockingQueue<String> said = new LinkedBlockingQueue<>();
      PostgresWatch watch =
          PostgresWatch.of(server, said::add, reason -> said.add("LOST " + reason), Duration.ZERO);
      watch.begin();

      for (int kill = 0; kill < 2; kill++) {
        ProcessHandle.of(postmasterOf(directory)).orElseThrow().destroyForcibly();

        assertThat(said.poll(2, TimeUnit.MINUTES)).startsWith("PostgreSQL had ended");
        assertThat(answer(server, "select id::text from parcel")).isEqualTo("42");
      }
    }
  }

  @Test
  void a_server_that_dies_as_soon_as_it_is_started_is_given_up_with_its_last_words()
      throws Exception {
    EmbeddedPostgres server = start();
    BlockingQueue<String> said = new LinkedBlockingQueue<>();
    PostgresWatch.of(server, said::add, said::add, Duration.ofHours(1)).begin();

    for (int kill = 0; kill < 2; kill++) {
      ProcessHandle.of(postmasterOf(directory)).orElseThrow().destroyForcibly();
      assertThat(said.poll(2, TimeUnit.MINUTES)).contains("was started again");
    }
    ProcessHandle.of(postmasterOf(directory)).orElseThrow().destroyForcibly();

    assertThat(said.poll(2, TimeUnit.MINUTES)).contains("again and again", "its log ends with");
    assertThatThrownBy(server::close).isInstanceOf(StartupFailure.class);
  }

  @Test
  void a_taken_port_is_named_together_with_the_option_that_changes_it() throws IOException {
    try (ServerSocket other = new ServerSocket()) {
      other.bind(new InetSocketAddress(Port.loopback(), 0));
      Settings settings = Settings.development(directory, other.getLocalPort());

      assertThatThrownBy(() -> EmbeddedPostgres.start(settings))
          .isInstanceOf(StartupFailure.class)
          .hasMessageContaining("port " + other.getLocalPort() + " (PostgreSQL) is taken")
          .hasMessageContaining("--postgres-port");
    }
  }

  @Test
  void two_processes_cannot_use_one_data_folder() {
    try (EmbeddedPostgres running = start()) {
      assertThat(running.port()).isPositive();
      assertThatThrownBy(this::start)
          .isInstanceOf(StartupFailure.class)
          .hasMessageContaining("in use by another Waybill process");
    }
  }

  @Test
  void a_wrong_password_is_refused_and_the_user_is_no_superuser() throws SQLException {
    try (EmbeddedPostgres server = start()) {
      assertThatThrownBy(() -> DriverManager.getConnection(server.jdbcUrl(), "waybill", "guess"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("password authentication failed");
      assertThat(answer(server, "select current_setting('is_superuser')")).isEqualTo("off");
    }
  }

  @Test
  void a_broken_first_start_is_begun_again() throws Exception {
    Files.createDirectories(directory.resolve("data.new"));
    Files.writeString(directory.resolve("data.new/PG_VERSION"), "18");
    try (EmbeddedPostgres server = start()) {
      assertThat(answer(server, "select 'well'")).isEqualTo("well");
    }
  }

  private EmbeddedPostgres start() {
    return EmbeddedPostgres.start(Settings.development(directory, 0));
  }

  /** Starts a server, makes a table in it and waits to be killed. */
  public static final class Victim {
    public static void main(String[] arguments) throws Exception {
      EmbeddedPostgres server =
          EmbeddedPostgres.start(Settings.development(Path.of(arguments[0]), 0));
      execute(server, "create table left_behind (id int)", "insert into left_behind values (7)");
      System.out.println("running");
      Thread.currentThread().join();
    }
  }

  private Process startInProcessOfItsOwn() throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Victim.class.getName(),
                directory.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (var output = process.inputReader()) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        if (line.equals("running")) {
          return process;
        }
      }
    }
    throw new IOException("the server's process ended early");
  }

  /** Empty for a process that has ended, also while nobody has reaped it. */
  private static Optional<String> programOf(long pid) {
    return ProcessHandle.of(pid).flatMap(process -> process.info().command());
  }

  private static long postmasterOf(Path directory) throws IOException {
    return Long.parseLong(
        Files.readAllLines(directory.resolve("data/postmaster.pid")).getFirst().strip());
  }

  private static void execute(EmbeddedPostgres server, String... statements) throws SQLException {
    try (Connection connection = connect(server);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private static String answer(EmbeddedPostgres server, String query) throws SQLException {
    try (Connection connection = connect(server);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getString(1);
    }
  }

  private static Connection connect(EmbeddedPostgres server) throws SQLException {
    return DriverManager.getConnection(
        server.jdbcUrl(), server.settings().user(), server.settings().password());
  }
}
