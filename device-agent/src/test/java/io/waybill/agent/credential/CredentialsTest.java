package io.waybill.agent.credential;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.agent.credential.Credentials.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of two credentials one is good, whichever was let in last, and whenever the power fails. */
class CredentialsTest {
  private static final Duration NO_TIME = Duration.ofMillis(1);

  @TempDir private Path folder;
  private Path path = Path.of("");

  @BeforeEach
  void old() throws IOException {
    path = folder.resolve("credential");
    Files.writeString(path, "old\n");
  }

  /** What a start finds. */
  private Credentials started() throws IOException {
    return Credentials.kept(path, Files.readString(path).strip());
  }

  private void keep(String secret) throws IOException {
    try (CredentialFile.Room room = new CredentialFile(path).begin()) {
      room.keep(secret);
    }
  }

  private static byte[] rotating(int version) {
    return """
    {"specversion": "1.0", "type": "device.credential_rotating", "sequence": "7",
     "data": {"device_code": "robot-17", "credential_version": %d}}
    """
        .formatted(version)
        .getBytes(UTF_8);
  }

  @Test
  void the_old_one_counts_until_the_new_one_was_let_in() throws Exception {
    Credentials credentials = started();
    credentials.forConnection();
    credentials.letIn();
    credentials.heard(rotating(2));
    assertThat(credentials.await(NO_TIME)).isEqualTo(Task.ASK);

    keep("new");
    credentials.offer("new", 3);
    assertThat(credentials.get()).isEqualTo("old");
    assertThat(path).hasContent("old");
    assertThat(credentials.forConnection()).isEqualTo("new");
    credentials.letIn();
    assertThat(credentials.get()).isEqualTo("new");
    assertThat(credentials.await(NO_TIME)).isEqualTo(Task.SETTLE);

    new CredentialFile(path).promote();
    credentials.settle();
    assertThat(path).hasContent("new");
    assertThat(credentials.forConnection()).isEqualTo("new");
    assertThat(credentials.await(NO_TIME)).isEqualTo(Task.NOTHING);
  }

  @Test
  void what_it_is_told_of_its_own_rotation_is_no_reason_for_another() throws Exception {
    Credentials credentials = started();
    credentials.heard(rotating(3));
    credentials.offer("new", 3);
    credentials.forConnection();
    credentials.letIn();
    credentials.settle();
    credentials.heard(rotating(3));
    credentials.heard("{\"type\": \"upload.completed\", \"data\": {}}".getBytes(UTF_8));
    credentials.heard("nonsense".getBytes(UTF_8));
    assertThat(credentials.await(NO_TIME)).isEqualTo(Task.NOTHING);

    credentials.heard(rotating(4));
    assertThat(credentials.await(NO_TIME)).isEqualTo(Task.ASK);
  }

  @Test
  void after_a_death_before_the_answer_it_asks_again() throws Exception {
    new CredentialFile(path).begin().close();

    Credentials credentials = started();
    assertThat(credentials.forConnection()).isEqualTo("old");
    assertThat(credentials.await(NO_TIME)).isEqualTo(Task.ASK);
  }

  @Test
  void after_a_death_with_the_answer_it_shows_the_new_one_everywhere() throws Exception {
    keep("new");

    Credentials credentials = started();
    assertThat(credentials.get()).isEqualTo("new");
    assertThat(credentials.forConnection()).isEqualTo("new");
    credentials.letIn();
    assertThat(credentials.await(NO_TIME)).isEqualTo(Task.SETTLE);
  }

  @Test
  void a_new_one_that_is_refused_leaves_the_old_one_and_another_is_asked_for() throws Exception {
    keep("ended meanwhile");

    Credentials credentials = started();
    credentials.forConnection();
    assertThat(credentials.refused()).isTrue();
    assertThat(credentials.get()).isEqualTo("old");
    assertThat(credentials.forConnection()).isEqualTo("old");
    credentials.letIn();
    assertThat(credentials.await(NO_TIME)).isEqualTo(Task.ASK);
  }

  @Test
  void when_both_are_refused_that_is_said_and_both_are_tried_again() throws Exception {
    keep("new");

    Credentials credentials = started();
    credentials.forConnection();
    assertThat(credentials.refused()).isTrue();
    credentials.forConnection();
    assertThat(credentials.refused()).isFalse();
    assertThat(credentials.forConnection()).isEqualTo("new");
  }

  @Test
  void a_connection_that_was_made_meanwhile_with_the_old_one_is_made_anew() throws Exception {
    Credentials credentials = started();
    credentials.forConnection();
    credentials.offer("new", 2);
    credentials.letIn();
    assertThat(credentials.await(NO_TIME)).isEqualTo(Task.CONNECT);
  }

  @Test
  void what_the_machine_was_given_meanwhile_is_found_when_the_old_one_is_refused()
      throws Exception {
    Credentials credentials = started();
    credentials.forConnection();
    assertThat(credentials.refused()).as("there is no other").isFalse();

    Files.writeString(path, "provisioned\n");
    assertThat(credentials.forConnection()).isEqualTo("old");
    assertThat(credentials.refused()).isTrue();
    assertThat(credentials.forConnection()).isEqualTo("provisioned");
    assertThat(credentials.get()).isEqualTo("provisioned");
    assertThat(credentials.refused()).isFalse();
    Files.delete(path);
    assertThat(credentials.refused()).isFalse();
  }

  @Test
  void both_are_for_their_owner_alone() throws Exception {
    CredentialFile file = new CredentialFile(path);
    keep("new");
    for (Path each : Credentials.files(path).subList(1, 2)) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(each)))
          .isEqualTo("rw-------");
    }
    file.promote();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
        .isEqualTo("rw-------");
    try (var all = Files.list(folder)) {
      assertThat(all).containsExactly(path);
    }
  }

  @Test
  void what_is_provisioned_while_it_changes_over_takes_the_new_one_away() throws Exception {
    keep("new");
    Credentials credentials = started();
    Files.writeString(path, "provisioned\n");
    Credentials.dropNext(path);

    credentials.forConnection();
    assertThat(credentials.refused()).isTrue();
    credentials.forConnection();
    assertThat(credentials.refused()).isTrue();
    assertThat(credentials.forConnection()).isEqualTo("provisioned");
    credentials.letIn();
    assertThat(credentials.await(NO_TIME)).isEqualTo(Task.NOTHING);
  }

  @Test
  void an_empty_one_replaces_nothing() throws IOException {
    CredentialFile file = new CredentialFile(path);
    file.begin().close();
    assertThatThrownBy(file::promote).isInstanceOf(IOException.class);
    assertThat(path).hasContent("old");
  }

  @Test
  void what_is_told_of_the_one_of_the_last_run_is_no_reason_for_another() throws Exception {
    keep("new");
    Credentials credentials = started();
    credentials.forConnection();
    credentials.letIn();
    credentials.heard(rotating(3));
    credentials.settle();
    assertThat(credentials.await(NO_TIME)).isEqualTo(Task.NOTHING);
  }
}
