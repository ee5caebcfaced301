package io.waybill.agent.credential;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.agent.control.Answer;
import io.waybill.agent.control.ControlPlane;
import io.waybill.agent.control.Question;
import io.waybill.agent.testing.FakeServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is on the disk while a new credential is asked for, and what an answer makes of it. */
@Timeout(60)
class RotationTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  @TempDir private Path folder;
  private Path path = Path.of("");
  private final List<String> said = new CopyOnWriteArrayList<>();
  private final BlockingQueue<List<String>> asked = new LinkedBlockingQueue<>();
  private final BlockingQueue<Answer<?>> answers = new SynchronousQueue<>();
  private Credentials credentials = Credentials.fixed("");
  private Rotation rotation = new Rotation(credentials, new Broker(), () -> {}, said::add);

  /** Looks at the disk, and says what it is told to. */
  private class Broker implements ControlPlane {
    @Override
    @SuppressWarnings("unchecked") // the test answers what is asked
    public <R> Answer<R> ask(Question<R> question) throws InterruptedException {
      asked.add(onDisk());
      return (Answer<R>) answers.take();
    }

    @Override
    public String address() {
      return "nowhere";
    }

    @Override
    public String trouble() {
      return "none";
    }

    @Override
    public void close() {}
  }

  /** Name, blank or not, and size. */
  private List<String> onDisk() {
    try (var all = Files.list(folder)) {
      return all.map(each -> shown(each)).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String shown(Path file) {
    try {
      String text = Files.readString(file);
      String name = String.valueOf(file.getFileName()).replaceAll("-\\d+\\.", "-N.");
      return name + (text.isBlank() ? " blanks " + text.length() : " " + text.strip());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @BeforeEach
  void old() throws IOException {
    path = Files.writeString(folder.resolve("credential"), "old\n");
  }

  @AfterEach
  void end() {
    rotation.close();
  }

  private void next(String text) throws IOException {
    Files.writeString(folder.resolve("credential.next"), text);
  }

  private void start() throws IOException {
    credentials = Credentials.kept(path, "old");
    rotation = new Rotation(credentials, new Broker(), () -> {}, said::add);
    rotation.start();
  }

  @Test
  void a_fault_of_ours_does_not_end_it() throws Exception {
    next("");
    credentials = Credentials.kept(path, "old");
    BlockingQueue<Boolean> faults = new LinkedBlockingQueue<>(List.of(true, true));
    Broker broker =
        new Broker() {
          @Override
          public <R> Answer<R> ask(Question<R> question) throws InterruptedException {
            if (faults.poll() != null) {
              throw new IllegalStateException("on purpose");
            }
            return super.ask(question);
          }
        };
    rotation = new Rotation(credentials, broker, () -> {}, said::add, Duration.ofMillis(1));
    rotation.start();
    assertThat(asked.take()).contains("credential.next blanks 0");
    assertThat(faults).isEmpty();
  }

  private void freshIsRefusedAndOldIsIn() {
    assertThat(credentials.forConnection()).isEqualTo("maybe good");
    assertThat(credentials.refused()).isTrue();
    credentials.forConnection();
    credentials.letIn();
  }

  private static Answer<?> refused(String code) {
    return new Answer.Refused<Object>(FakeServer.error(code, false, null));
  }

  @Test
  void one_that_may_be_good_stays_on_the_disk_while_another_is_asked_for() throws Exception {
    next("maybe good\n");
    start();
    freshIsRefusedAndOldIsIn();
    assertThat(asked.take()).contains("credential old", "credential.next maybe good");
  }

  @Test
  void there_is_room_for_the_answer_before_it_is_asked_for() throws Exception {
    next("");
    start();
    assertThat(asked.take())
        .containsExactly(
            ".credential.next-N.new blanks 1024", "credential old", "credential.next blanks 0");
  }

  @Test
  void what_a_death_left_beside_is_removed_at_the_start() throws Exception {
    Files.writeString(folder.resolve(".credential.next-7.new"), "secret");
    next("");
    start();
    assertThat(asked.take()).doesNotContain(".credential.next-N.new secret");
  }

  @Test
  void a_refusal_by_the_broker_is_not_the_servers() throws Exception {
    next("");
    start();
    asked.take();
    answers.put(refused("mqtt.identity_refused"));
    assertThat(asked.take()).as("asked again").contains("credential.next blanks 0");
    assertThat(said).isEmpty();
  }

  @Test
  void a_refusal_by_the_server_takes_the_new_one_away_everywhere() throws Exception {
    next("maybe good\n");
    start();
    freshIsRefusedAndOldIsIn();
    asked.take();
    answers.put(refused("device.inactive"));
    Awaitility.await().atMost(LONG).until(() -> onDisk().equals(List.of("credential old")));
    Awaitility.await().atMost(LONG).until(() -> credentials.forConnection().equals("old"));
    assertThat(credentials.refused()).as("there is no other").isFalse();
    assertThat(credentials.forConnection()).isEqualTo("old");
  }
}
