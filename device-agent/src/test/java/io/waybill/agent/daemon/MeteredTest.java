package io.waybill.agent.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.agent.config.Settings;
import io.waybill.agent.daemon.NetworkManager.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A network that costs by the byte, told by a {@code busctl} of our own. */
class MeteredTest extends DaemonStage {
  private static final String STAYS = "the network is metered";
  private static final String GOES_ON = "the network is not metered: uploads go on";

  private static final String NOBODY = "was not provided by any .service files";

  private Path program = Path.of("");

  @BeforeEach
  void onThePath() throws IOException {
    Path bin = Files.createDirectories(temporary.resolve("bin"));
    program = bin.resolve("busctl");
    more.put("PATH", temporary.resolve("nothing") + ":" + bin + ":/usr/bin:/bin");
    more.put("WAYBILL_AGENT_METERED", "pause");
  }

  /** What NetworkManager says of it from now on, if it was asked the right thing. */
  private void says(String script) throws IOException {
    Path fresh = temporary.resolve("busctl.new");
    Files.writeString(
        fresh,
        """
        #!/bin/sh
        [ "$2 $5 $6" = "get-property org.freedesktop.NetworkManager Metered" ] || exit 9
        %s
        """
            .formatted(script));
    Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.move(fresh, program, StandardCopyOption.REPLACE_EXISTING);
  }

  @ParameterizedTest
  @ValueSource(strings = {"echo u 1", "echo u 3"})
  void while_it_is_metered_nothing_is_sent_and_then_it_goes_on_by_itself(String metered)
      throws Exception {
    says(metered);
    drop("run.mcap", 3 * PART);
    run("");
    await(() -> said().contains(STAYS + ":") && !server.sessions().isEmpty());
    assertThat(agent("queue")).isZero();
    assertThat(said()).contains("run.mcap  from " + data + "  (the network is metered)");
    assertThat(store.parts(server.sessions().getFirst())).isEmpty();

    says("echo u 4");
    awaitStored(1);
    assertThat(said()).contains(GOES_ON);

    says(metered);
    forget();
    await(() -> said().contains(STAYS));
  }

  @ParameterizedTest
  @ValueSource(strings = {"echo u 0", "echo u 2", "echo u 4", "exit 1"})
  void whatever_else_is_said_is_no_reason_to_wait(String said) throws Exception {
    says(said);
    drop("run.mcap", PART);
    run("");
    awaitStored(1);
    assertThat(said()).doesNotContain(STAYS);
  }

  /** As while NetworkManager or the bus starts again, or the machine is too busy. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "exit 1",
        "echo nonsense",
        "echo 'The name org.freedesktop.NetworkManager " + NOBODY + "' >&2; exit 1"
      })
  void who_does_not_answer_any_more_has_said_nothing_else(String silent) throws Exception {
    says("echo u 1");
    try (Metered metered = asking()) {
      await(metered::now);
      says("echo . >> " + asked() + "; " + silent);
      awaitAsked(5);
      assertThat(metered.now()).isTrue();

      says("echo u 4");
      await(() -> !metered.now());
    }
  }

  @Test
  void who_does_not_answer_at_first_is_asked_some_times() throws Exception {
    says("echo . >> " + asked() + "; exit 1");
    try (Metered metered = asking()) {
      await(metered::known);
      assertThat(Files.size(asked())).as("two bytes each").isGreaterThanOrEqualTo(3 * 2);
      assertThat(metered.now()).isFalse();

      says("echo u 1");
      await(metered::now);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "The name org.freedesktop.NetworkManager " + NOBODY,
        "Failed to connect to bus: No such file or directory"
      })
  void where_there_is_nobody_to_ask_one_try_is_enough(String words) throws Exception {
    says("echo '" + words + "' >&2; exit 1");
    try (Metered metered = new Metered(manager(Duration.ofSeconds(30))::ask, Duration.ofDays(1))) {
      metered.start();
      await(metered::known);
      assertThat(metered.now()).isFalse();
    }
  }

  @Test
  void who_takes_too_long_has_not_answered() throws Exception {
    says("exec sleep 600");
    assertThat(manager(Duration.ofMillis(100)).ask()).isEqualTo(Answer.NONE);
    Files.delete(program);
    assertThat(manager(Duration.ofSeconds(30)).ask()).isEqualTo(Answer.ABSENT);
  }

  /** So it says for a moment when it starts again; when it goes on, there is no connection. */
  @Test
  void who_says_that_it_does_not_know_is_believed_after_some_times() {
    AtomicInteger asked = new AtomicInteger();
    List<Boolean> seen = new CopyOnWriteArrayList<>();
    Metered[] itself = new Metered[1];
    itself[0] =
        new Metered(
            () -> {
              seen.add(itself[0].now());
              return asked.getAndIncrement() == 0 ? Answer.METERED : Answer.UNDECIDED;
            },
            Duration.ofMillis(1));
    try (Metered metered = itself[0]) {
      metered.start();
      await(() -> seen.size() >= 5);
      assertThat(List.copyOf(seen).subList(0, 5)).containsExactly(false, true, true, true, false);
    }
  }

  @Test
  void whatever_goes_wrong_it_is_asked_again() {
    AtomicInteger asked = new AtomicInteger();
    try (Metered metered =
        new Metered(
            () -> {
              if (asked.incrementAndGet() <= 2) {
                throw new IllegalStateException("on purpose");
              }
              return Answer.METERED;
            },
            Duration.ofMillis(1))) {
      metered.start();
      await(metered::now);
    }
  }

  private NetworkManager manager(Duration patience) {
    return new NetworkManager(program, patience);
  }

  private Metered asking() {
    Metered metered = Metered.by(Settings.of(environment()), Duration.ofMillis(10));
    metered.start();
    return metered;
  }

  /** A byte and a newline for each time it was asked. */
  private Path asked() {
    return temporary.resolve("asked");
  }

  private void awaitAsked(int times) {
    await(() -> asked().toFile().length() >= 2L * times);
  }

  @Test
  void without_the_program_nothing_is_metered() throws Exception {
    more.put("PATH", temporary.resolve("nothing").toString());
    drop("run.mcap", PART);
    run("");
    awaitStored(1);
    assertThat(said()).doesNotContain(STAYS);
  }

  @Test
  void who_does_not_want_it_is_not_asked() throws Exception {
    more.put("WAYBILL_AGENT_METERED", "ignore");
    says("echo u 1");
    drop("run.mcap", PART);
    run("");
    awaitStored(1);
  }

  @Test
  void another_word_is_a_mistake() throws IOException {
    more.put("WAYBILL_AGENT_METERED", "yes");
    more.put("WAYBILL_AGENT_WATCH", "{directory: " + data + "}");

    assertThat(agent("run")).isEqualTo(2);
    assertThat(said()).contains("WAYBILL_AGENT_METERED is either pause or ignore");
  }
}
