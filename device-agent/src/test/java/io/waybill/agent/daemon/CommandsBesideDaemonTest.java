package io.waybill.agent.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.agent.testing.FakeServer;
import io.waybill.wire.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Commands with a daemon on the same state directory, and without one. */
class CommandsBesideDaemonTest extends DaemonStage {

  private Path elsewhere(String name) throws IOException {
    return Files.write(temporary.resolve(name), new byte[2 * PART]);
  }

  private void start() {
    run("");
    await(() -> Files.exists(socket()));
  }

  private Path socket() {
    return temporary.resolve("state/agent.sock");
  }

  /** The server makes no task for now. */
  private void refusing() {
    server.script(command ->
        command instanceof Command.CreateSession
            ? Optional.of(FakeServer.error("quota.bytes_exceeded", false, null))
            : Optional.empty());
  }

  private String detached(String name) throws IOException {
    forget();
    agent("upload", "--detach", elsewhere(name).toString());
    return said().lines().findFirst().orElseThrow();
  }

  @Test
  void an_upload_is_handed_over_and_waited_for() throws Exception {
    start();

    assertThat(agent("upload", elsewhere("by-hand.mcap").toString())).as(this::said).isZero();

    assertThat(stored()).hasSize(1);
    assertThat(said()).contains("by-hand.mcap: stored as", "by-hand.mcap: stored, 125 KiB");
    assertThat(server.asked(Command.CreateSession.class)).hasSize(1);
  }

  @Test
  void what_has_to_wait_is_exit_3_and_stays_in_the_queue_with_its_reason() throws Exception {
    refusing();
    start();

    assertThat(agent("upload", elsewhere("by-hand.mcap").toString())).as(this::said).isEqualTo(3);
    forget();
    assertThat(agent("queue")).isZero();

    assertThat(said()).contains("a daemon runs (pid", "aside", "quota.bytes_exceeded");
    server.script(command -> Optional.empty());
    awaitStored(1);
  }

  @Test
  void a_retry_is_now_and_an_urgent_upload_is_first_in_the_queue() throws Exception {
    refusing();
    start();
    String first = detached("first.mcap");
    await(() -> {
      forget();
      agent("queue", "--json");
      return said().contains("\"state\":\"aside\"");
    });
    server.script(command -> Optional.empty());
    forget();

    assertThat(agent("retry", first)).isZero();
    assertThat(said()).contains("first.mcap: the daemon tries it now");
    awaitStored(1);
  }

  @Test
  void what_is_aborted_before_it_began_never_begins() throws Exception {
    refusing();
    start();
    String upload = detached("wrong.mcap");
    await(() -> !server.asked(Command.CreateSession.class).isEmpty());

    assertThat(agent("abort", upload, "--reason", "wrong file")).as(this::said).isZero();
    server.script(command -> Optional.empty());
    forget();
    agent("upload", elsewhere("right.mcap").toString());
    await(() -> {
      forget();
      agent("queue", "--json");
      return said().contains("\"queue\":[]");
    });

    assertThat(stored()).hasSize(1);
    forget();
    agent("status", "--local", upload);
    assertThat(said()).contains("aborted", "wrong file");
  }

  @Test
  void a_pause_holds_what_the_daemon_would_begin_and_resume_session_lets_it_go() throws Exception {
    refusing();
    start();
    String upload = detached("held.mcap");
    await(() -> !server.asked(Command.CreateSession.class).isEmpty());

    assertThat(agent("pause", upload)).as(this::said).isZero();
    server.script(command -> Optional.empty());
    forget();
    agent("queue");
    assertThat(said()).contains("held");
    assertThat(agent("upload", elsewhere("other.mcap").toString())).isZero();
    assertThat(stored()).hasSize(1);

    assertThat(agent("resume-session", upload)).isZero();
    awaitStored(2);
  }

  @Test
  void the_socket_is_its_users_alone_and_ends_with_the_daemon() throws Exception {
    start();
    assertThat(Files.getPosixFilePermissions(socket()))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    stopDaemon();

    assertThat(socket()).doesNotExist();
  }

  @Test
  void what_a_killed_daemon_left_of_its_socket_is_in_nobodys_way() throws Exception {
    Files.createDirectories(temporary.resolve("state"));
    Files.createFile(socket());

    assertThat(agent("queue")).as(this::said).isZero();
    assertThat(said()).contains("no daemon runs");
    run("");
    await(() -> {
      forget();
      agent("queue");
      return said().contains("a daemon runs");
    });
  }

  @Test
  void without_a_daemon_the_commands_work_alone() throws Exception {
    forget();
    assertThat(agent("upload", "--detach", "--priority", "9", elsewhere("a.mcap").toString()))
        .isEqualTo(3);
    String upload = said().lines().findFirst().orElseThrow();
    forget();
    assertThat(agent("queue")).isZero();
    assertThat(said()).contains("no daemon runs", "queued   9  a.mcap");
    forget();
    assertThat(agent("retry", upload)).isZero();
    assertThat(said()).contains("no daemon runs; take it up with: waybill-agent resume " + upload);

    assertThat(agent("resume")).isZero();
    assertThat(stored()).hasSize(1);
  }
}
