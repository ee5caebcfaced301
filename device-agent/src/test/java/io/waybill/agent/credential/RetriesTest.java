package io.waybill.agent.credential;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.agent.credential.Credentials.Task;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker that reads its passwords late refuses a new one for a while, and takes the old one. */
class RetriesTest {
  private static final Duration NO_TIME = Duration.ofMillis(1);

  @TempDir private Path folder;
  private final AtomicLong nanos = new AtomicLong();
  private Credentials credentials = Credentials.fixed("");

  @BeforeEach
  void aNewOne() throws IOException {
    Path path = Files.writeString(folder.resolve("credential"), "old\n");
    credentials = Credentials.kept(path, "old", nanos::get);
    credentials.offer("new", 2);
    refusedAndTheOldOneIsIn();
  }

  private void refusedAndTheOldOneIsIn() {
    assertThat(credentials.forConnection()).isEqualTo("new");
    assertThat(credentials.refused()).isTrue();
    theOldOneIsIn();
  }

  private void theOldOneIsIn() {
    assertThat(credentials.forConnection()).isEqualTo("old");
    credentials.letIn();
  }

  private Task after(long seconds) throws InterruptedException {
    nanos.addAndGet(Duration.ofSeconds(seconds).toNanos());
    return credentials.await(NO_TIME);
  }

  @Test
  void it_is_shown_again_later_and_later_before_another_is_asked_for() throws Exception {
    List<Integer> rests = new ArrayList<>();
    int rest = 0;
    for (Task task = after(0); task != Task.ASK; task = after(1), rest++) {
      if (task == Task.CONNECT) {
        rests.add(rest);
        rest = 0;
        credentials.reconnecting();
        refusedAndTheOldOneIsIn();
      }
    }
    assertThat(rests).containsExactly(5, 10, 20, 40, 80, 160, 300);

    credentials.offer("newer", 3);
    assertThat(credentials.forConnection()).isEqualTo("newer");
    credentials.letIn();
    assertThat(after(0)).isEqualTo(Task.SETTLE);
  }

  @Test
  void it_settles_when_the_broker_has_learned_of_it() throws Exception {
    assertThat(after(5)).isEqualTo(Task.CONNECT);
    credentials.reconnecting();
    assertThat(credentials.forConnection()).isEqualTo("new");
    credentials.letIn();
    assertThat(after(0)).isEqualTo(Task.SETTLE);
  }

  @Test
  void a_connection_that_breaks_with_the_old_one_is_no_refusal() throws Exception {
    for (int times = 0; times < 20; times++) {
      theOldOneIsIn();
    }
    assertThat(after(4)).isEqualTo(Task.NOTHING);
    assertThat(after(1)).isEqualTo(Task.CONNECT);
  }

  @Test
  void a_broker_that_refuses_both_says_nothing_of_the_new_one() throws Exception {
    credentials.reconnecting();
    for (int times = 0; times < 20; times++) {
      credentials.forConnection();
      boolean _ = credentials.refused();
    }
    refusedAndTheOldOneIsIn();
    assertThat(after(0)).isEqualTo(Task.NOTHING);
    assertThat(after(10)).isEqualTo(Task.CONNECT);
  }

  @Test
  void when_it_is_rotated_once_more_another_is_asked_for_at_once() throws Exception {
    assertThat(after(0)).isEqualTo(Task.NOTHING);
    credentials.heard(
        "{\"type\": \"device.credential_rotating\", \"data\": {\"credential_version\": 3}}"
            .getBytes(StandardCharsets.UTF_8));
    assertThat(after(0)).isEqualTo(Task.ASK);
  }
}
