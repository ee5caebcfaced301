package io.waybill.agent.upload;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.agent.spool.Manifest;
import io.waybill.agent.spool.Waiting;
import io.waybill.agent.testing.FakeServer;
import io.waybill.agent.testing.LoopbackStore.Fate;
import io.waybill.agent.transfer.NettyPartStore;
import io.waybill.agent.upload.UploadEnd.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever is only now leaves an upload in its place, and a person sees why nothing moves. */
@Timeout(60)
class WaitingTest {

  @TempDir Path directory;
  private RunStage stage;

  @BeforeEach
  void stage() throws IOException {
    stage = new RunStage(directory);
    stage.stall = Duration.ofMinutes(2);
  }

  @AfterEach
  void close() {
    stage.close();
  }

  /** Runs until the progress says why nothing moves, lets the cause end, and runs to the end. */
  private Waiting seenWhile(Manifest manifest, String words, Runnable causeEnds) throws Exception {
    try (NettyPartStore parts = new NettyPartStore(0, stage.stall, null)) {
      UploadRun run = stage.start(manifest, parts);
      CompletableFuture<UploadEnd> end = CompletableFuture.supplyAsync(() -> ended(run));
      Waiting seen = run.progress().waiting();
      while (seen == null || !seen.reason().contains(words)) {
        assertThat(end).as("still waiting for: " + words).isNotDone();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        LockSupport.parkNanos(1_000_000);
        seen = run.progress().waiting();
      }
      while (!written(words)) {
        assertThat(end).as("still to be written down: " + words).isNotDone();
        LockSupport.parkNanos(1_000_000);
      }
      causeEnds.run();
      assertThat(end.get(50, TimeUnit.SECONDS).outcome()).isEqualTo(Outcome.DONE);
      assertThat(stage.store.object(stage.onlySession())).isEqualTo(stage.bytes);
      return seen;
    }
  }

  /** Whether {@code status} says it, which reads what is written down. */
  private boolean written(String words) throws IOException {
    return stage.spool.all().stream()
        .flatMap(upload -> upload.files().stream())
        .anyMatch(file -> file.waiting() != null && file.waiting().reason().contains(words));
  }

  private static UploadEnd ended(UploadRun run) {
    try {
      return run.run();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void takeAll() {
    stage.store.script((session, part, attempt) -> Fate.TAKE);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          302, Location: http://portal.example/,  in place of the store
          200, Content-Type: text/html,           in place of the store
          409, X-Some: thing,                     409 OperationAborted
          413, X-Some: thing,                     413
          503, X-Some: thing,                     503
          """)
  void an_answer_that_says_not_now_is_shown_with_the_next_try_until_it_is_over(
      int status, String header, String words) throws Exception {
    String code = status == 409 ? "OperationAborted" : "";
    stage.store.script((session, part, attempt) -> new Fate.Answer(status, code, header + "\r\n"));

    Waiting seen = seenWhile(stage.plan(false), words, this::takeAll);

    assertThat(seen.nextTry()).isNotNull();
  }

  @Test
  void a_store_that_takes_all_and_says_nothing_is_named_long_before_it_is_given_up()
      throws Exception {
    stage.stall = Duration.ofSeconds(8);
    stage.store.script((session, part, attempt) -> new Fate.Silence());

    Waiting seen =
        seenWhile(stage.plan(false), "has a whole part and does not answer", this::takeAll);

    assertThat(seen.reason()).contains("the store at 127.0.0.1:");
  }

  @Test
  void a_server_that_takes_its_time_is_named_with_what_it_was_asked() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    stage.server.script(command -> {
      try {
        assertThat(asked.await(50, TimeUnit.SECONDS)).isTrue();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return Optional.empty();
    });

    Waiting seen =
        seenWhile(stage.plan(false), "no answer yet to create_session from", asked::countDown);

    assertThat(seen.nextTry()).isNull();
  }

  @Test
  void what_the_server_refuses_for_now_is_in_the_manifest_with_its_next_try() throws Exception {
    stage.patience = new UploadSettings.Patience(RunStage.quickly(), RunStage.LONG, RunStage.LONG);
    Manifest planned = stage.plan(false);
    stage.server.script(
        command -> Optional.of(FakeServer.error("auth.permission_denied", false, null)));

    seenWhile(
        planned,
        "auth.permission_denied",
        () -> {
          assertThat(onDisk(planned))
              .isNotNull()
              .satisfies(w -> {
                assertThat(w.reason()).contains("auth.permission_denied");
                assertThat(w.nextTry()).isNotNull();
              });
          stage.server.script(command -> Optional.empty());
        });

    assertThat(onDisk(planned)).isNull();
  }

  private @Nullable Waiting onDisk(Manifest manifest) {
    try {
      return stage.spool.read(manifest.uploadId()).orElseThrow().files().getFirst().waiting();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
