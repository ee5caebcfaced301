package io.waybill.core.upload.usecase;

import static io.waybill.core.fixture.Requests.file;
import static io.waybill.core.fixture.Requests.task;
import static io.waybill.core.fixture.World.MIB;
import static io.waybill.core.fixture.World.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.ErrorCode;
import io.waybill.core.Refusal;
import io.waybill.core.Verdict;
import io.waybill.core.event.OutboxEvent;
import io.waybill.core.fixture.Registry;
import io.waybill.core.fixture.World;
import io.waybill.core.idempotency.RequestKey;
import io.waybill.core.upload.Answer;
import io.waybill.core.upload.NewTask;
import io.waybill.core.upload.SessionStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Many callers at once are one effect, and no update is lost. */
class ConcurrencyTest {

  private static final int CALLERS = 64;

  private final World world = new World();

  /** Lets all callers go at the same moment. */
  private static <T> List<T> atOnce(List<Callable<T>> calls)
      throws InterruptedException, ExecutionException {
    CountDownLatch go = new CountDownLatch(1);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<T>> running = new ArrayList<>();
      for (Callable<T> call : calls) {
        running.add(
            threads.submit(() -> {
              go.await();
              return call.call();
            }));
      }
      go.countDown();
      List<T> answers = new ArrayList<>();
      for (Future<T> future : running) {
        answers.add(future.get());
      }
      return answers;
    }
  }

  private static <T> List<Callable<T>> times(int count, Callable<T> call) {
    return java.util.Collections.nCopies(count, call);
  }

  /** The answers of those who got one; all others were told to come again. */
  private static <A> List<A> answered(List<Verdict<A>> verdicts, ErrorCode busy) {
    List<A> answers = new ArrayList<>();
    for (Verdict<A> verdict : verdicts) {
      switch (verdict) {
        case Verdict.Ok<A>(A answer) -> answers.add(answer);
        case Verdict.Refused<A>(Refusal refusal) -> assertThat(refusal.code()).isEqualTo(busy);
      }
    }
    return answers;
  }

  @Test
  void one_key_in_many_hands_makes_one_task() throws Exception {
    NewTask request = task(file("a", 150 * MIB), file("b", MIB));
    List<Answer.Task> answers =
        answered(
            atOnce(
                times(
                    CALLERS,
                    () -> world.clients.create(Registry.robot17(), RequestKey.of("k"), request))),
            ErrorCode.IDEMPOTENCY_REQUEST_IN_PROGRESS);
    assertThat(answers).isNotEmpty();
    assertThat(new java.util.HashSet<>(answers)).hasSize(1);
    assertThat(world.storage.openUploads()).hasSize(2);
  }

  @Test
  void many_completes_make_one_object_and_one_answer() throws Exception {
    UUID session = world.start().sessionId();
    world.putAll(session);
    List<Answer.Completed> answers =
        answered(
            atOnce(times(CALLERS, () -> world.clients.complete(session))),
            ErrorCode.UPLOAD_COMPLETION_IN_PROGRESS);
    assertThat(answers).isNotEmpty();
    assertThat(new java.util.HashSet<>(answers)).hasSize(1);
    assertThat(world.timeline(session))
        .containsOnlyOnce("upload.complete_requested", "upload.completed");
    assertThat(world.store.calls()).containsOnlyOnce("complete");
  }

  @Test
  void many_aborts_abort_once() throws Exception {
    UUID session = world.start().sessionId();
    List<Answer.Aborted> answers =
        answered(
            atOnce(times(CALLERS, () -> world.clients.abort(session))),
            ErrorCode.UPLOAD_ABORT_IN_PROGRESS);
    assertThat(new java.util.HashSet<>(answers)).hasSize(1);
    assertThat(world.timeline(session))
        .containsOnlyOnce("upload.abort_requested", "upload.aborted");
  }

  @Test
  void many_presigns_start_the_upload_once_and_none_is_turned_away() throws Exception {
    UUID session = world.start().sessionId();
    List<Verdict<?>> verdicts =
        atOnce(times(CALLERS, () -> world.clients.presign(session, 1, 2, 3)));
    verdicts.forEach(verdict -> assertThat(verdict).isInstanceOf(Verdict.Ok.class));
    assertThat(world.timeline(session))
        .containsOnlyOnce("upload.started")
        .filteredOn("upload.presign_issued"::equals)
        .hasSize(CALLERS);
  }

  @Test
  void complete_and_abort_at_once_end_in_one_of_the_two() throws Exception {
    for (int round = 0; round < 50; round++) {
      UUID session = world.start().sessionId();
      world.putAll(session);
      List<Callable<Verdict<?>>> both =
          List.of(() -> world.clients.complete(session), () -> world.clients.abort(session));
      List<Verdict<?>> verdicts = atOnce(both);
      SessionStatus end = world.status(session);
      assertThat(end).isIn(SessionStatus.COMPLETED, SessionStatus.ABORTED);
      assertThat(verdicts.get(0) instanceof Verdict.Ok).isEqualTo(end == SessionStatus.COMPLETED);
      assertThat(verdicts.get(1) instanceof Verdict.Ok).isEqualTo(end == SessionStatus.ABORTED);
    }
    assertThat(world.storage.openUploads()).isEmpty();
  }

  @Test
  void every_change_of_a_session_has_a_version_of_its_own_whatever_comes_together()
      throws Exception {
    UUID session = world.start().sessionId();
    Random random = new Random(11);
    List<Callable<Verdict<?>>> calls = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      calls.add(
          switch (random.nextInt(5)) {
            case 0 -> () -> world.clients.pause(session);
            case 1 -> () -> world.clients.resume(session);
            case 2 -> () -> world.clients.extend(session, 1);
            case 3 -> () -> world.clients.presign(session, 1);
            default -> () -> world.clients.complete(session);
          });
    }
    atOnce(calls);
    List<Long> versions =
        world.database.facts().outbox().stream()
            .filter(event -> event.aggregateId().equals(session))
            .map(OutboxEvent::sequence)
            .toList();
    assertThat(versions).isSorted().doesNotHaveDuplicates();
    assertThat(versions).hasSize(Math.toIntExact(world.stored(session).upload().version()));
    value(world.clients.get(session));
  }
}
