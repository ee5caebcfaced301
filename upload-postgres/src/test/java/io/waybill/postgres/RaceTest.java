package io.waybill.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.event.Facts;
import io.waybill.core.idempotency.Claim;
import io.waybill.core.idempotency.ClaimRequest;
import io.waybill.core.idempotency.Scope;
import io.waybill.core.storage.StoredObject;
import io.waybill.core.upload.Answer;
import io.waybill.core.upload.LifecycleEvent;
import io.waybill.core.upload.ObjectStatus;
import io.waybill.core.upload.Session;
import io.waybill.core.upload.SessionStatus;
import io.waybill.core.upload.TaskStatus;
import io.waybill.core.upload.TaskStore.NewTask;
import io.waybill.core.upload.TaskStore.TaskProgress;
import io.waybill.core.upload.UploadEvent;
import io.waybill.core.upload.UploadPart;
import io.waybill.core.upload.usecase.AbortUpload;
import io.waybill.testkit.contract.Uploads;
import io.waybill.testkit.contract.World;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two processes at the same rows: nothing is lost, and nothing happens twice. */
class RaceTest {
  private static final Instant T0 = World.BEGINNING;
  private static final int COMMANDS = commands();
  private static final int THREADS_PER_PROCESS = 8;
  private final World world = World.fresh();
  private final PostgresSettings settings = TestPostgres.migrated().withPoolSize(4);
  private final ConcurrentLinkedQueue<Facts> told = new ConcurrentLinkedQueue<>();
  private final List<PostgresUnitOfWork> processes = new ArrayList<>();

  /** 2 000, or what {@code WAYBILL_TEST_SCALE} makes of it. */
  private static int commands() {
    String scale = System.getenv("WAYBILL_TEST_SCALE");
    return 2_000 * (scale == null ? 1 : Integer.parseInt(scale));
  }

  @BeforeEach
  void open() {
    PostgresWorld.register(settings, world);
    processes.add(PostgresUnitOfWork.open(settings, told::add));
    processes.add(PostgresUnitOfWork.open(settings, told::add));
  }

  @AfterEach
  void close() {
    processes.forEach(PostgresUnitOfWork::close);
  }

  @Test
  void moves_of_one_task_are_each_written_once_and_all_counted() throws Exception {
    NewTask task = created(20);
    LongAdder won = new LongAdder();
    race(
        COMMANDS,
        (process, n) -> {
          Session session = find(process, task.sessions().get(n % 20));
          if (won(process, session, next(session))) {
            won.increment();
          }
        });

    TaskProgress end = find(processes.getFirst(), task);
    long moves = end.progress().stream().mapToLong(p -> p.session().upload().version()).sum();
    assertThat(won.sum()).isEqualTo(moves).isGreaterThan(20);
    assertThat(events(UploadEvent.RESUMED)).isEqualTo(won.intValue()); // each told, and told once
    assertThat(end.task().objects().stream().map(o -> o.status()).toList())
        .isEqualTo(end.progress().stream().map(p -> ObjectStatus.of(p.session())).toList());
    assertThat(end.task().status())
        .isEqualTo(TaskStatus.of(end.task().objects().stream().map(o -> o.status()).toList()));
  }

  private static Session next(Session session) {
    Instant at = session.upload().updatedAt().plusMillis(1);
    return switch (session) {
      case Session.Initiating s -> s.initiated("upload-1", at);
      case Session.Initiated s -> s.start(at);
      case Session.Uploading s -> s.pause("race", at);
      case Session.Paused s -> s.resume(at);
      default -> throw new IllegalStateException(session.status().name());
    };
  }

  private boolean won(PostgresUnitOfWork process, Session before, Session after) {
    Set<UUID> written =
        process.commit(
            tx -> tx.sessions().apply(List.of(Uploads.move(before, after, UploadEvent.RESUMED))));
    return !written.isEmpty();
  }

  private int events(UploadEvent type) {
    return (int)
        told.stream()
            .flatMap(facts -> facts.timeline(LifecycleEvent.class).stream())
            .filter(event -> event.type() == type)
            .map(LifecycleEvent::eventId)
            .distinct()
            .count();
  }

  @Test
  void a_task_whose_sessions_all_end_at_once_is_completed() throws Exception {
    int tasks = Math.max(1, COMMANDS / 400);
    for (int i = 0; i < tasks; i++) {
      NewTask task = created(20);
      race(20, (process, n) -> complete(process, task.sessions().get(n)));
      assertThat(find(processes.getFirst(), task).task().status()).isEqualTo(TaskStatus.COMPLETED);
    }
  }

  private void complete(PostgresUnitOfWork process, Session.Initiating initiating) {
    Instant at = T0.plusSeconds(9);
    Session.Initiated initiated = initiating.initiated("upload-1", at);
    Session.Completing completing = initiated.complete(at.plusSeconds(30), at);
    StoredObject object = new StoredObject(Uploads.FILE_BYTES, "\"e\"", null);
    assertThat(won(process, initiating, initiated)).isTrue();
    assertThat(won(process, initiated, completing)).isTrue();
    assertThat(won(process, completing, completing.confirm(object, null, at))).isTrue();
  }

  @Test
  void a_key_has_one_effect_however_many_callers_use_it() throws Exception {
    int keys = Math.max(1, COMMANDS / 20);
    AtomicInteger effects = new AtomicInteger();
    AtomicInteger replays = new AtomicInteger();
    race(
        COMMANDS,
        (process, n) -> {
          switch (claimAndRemember(process, "key-" + n % keys)) {
            case Claim.Mine<Answer.Aborted> mine -> effects.incrementAndGet();
            case Claim.Replay<Answer.Aborted> replay -> replays.incrementAndGet();
            case Claim.InProgress<Answer.Aborted> busy ->
                throw new AssertionError("claim and answer are one commit");
            case Claim.Different<Answer.Aborted> different ->
                throw new AssertionError("it is the same request");
          }
        });

    assertThat(effects).hasValue(keys);
    assertThat(replays).hasValue(COMMANDS - keys);
  }

  private Claim<Answer.Aborted> claimAndRemember(PostgresUnitOfWork process, String key) {
    Scope scope = new Scope(world.tenantId(), "device:race", key);
    ClaimRequest<Answer.Aborted> request =
        new ClaimRequest<>(
            scope,
            AbortUpload.REMEMBERED,
            "a".repeat(64),
            null,
            null,
            T0,
            T0.plusSeconds(30),
            T0.plusSeconds(9_000));
    return process.commit(tx -> {
      Claim<Answer.Aborted> claim = tx.idempotency().claim(request);
      if (claim instanceof Claim.Mine<Answer.Aborted>) {
        Answer.Aborted answer = new Answer.Aborted(world.tenantId(), SessionStatus.ABORTED, T0);
        tx.idempotency().remember(scope, AbortUpload.REMEMBERED, answer, T0);
      }
      return claim;
    });
  }

  @Test
  void acknowledgements_of_one_session_are_all_kept() throws Exception {
    UUID session = created(1).sessions().getFirst().upload().sessionId();
    int parts = Math.min(COMMANDS, 10_000);
    race(
        parts,
        (process, n) -> {
          int other = 1 + ThreadLocalRandom.current().nextInt(parts);
          process.commit(
              tx -> tx.parts().acknowledge(session, List.of(part(n + 1), part(other)), Facts.NONE));
        });

    List<Integer> numbers = processes.getFirst().read(tx -> tx.parts().uploadedNumbers(session));
    assertThat(numbers).hasSize(parts);
  }

  private static UploadPart part(int number) {
    return UploadPart.acknowledged(number, "\"" + number + "\"", 1, null, T0);
  }

  @Test
  void due_sessions_are_claimed_by_one_worker_each() throws Exception {
    int tasks = Math.max(1, COMMANDS / 100);
    Set<UUID> due = new HashSet<>();
    for (int i = 0; i < tasks; i++) {
      created(100).sessions().forEach(session -> due.add(session.upload().sessionId()));
    }
    ConcurrentLinkedQueue<UUID> claimed = new ConcurrentLinkedQueue<>();
    Instant now = T0.plusSeconds(60);
    race(
        2 * THREADS_PER_PROCESS,
        (process, n) -> {
          List<UUID> mine;
          do {
            mine = claim(process, now);
            claimed.addAll(mine);
          } while (!mine.isEmpty());
        });
    // Rows that another worker had locked were skipped: whoever comes later finds them.
    claimed.addAll(claim(processes.getFirst(), now));

    assertThat(claimed).hasSize(due.size()).doesNotHaveDuplicates().containsAll(due);
  }

  private static List<UUID> claim(PostgresUnitOfWork process, Instant now) {
    List<Session> sessions = process.read(tx -> tx.claims().due(now, now.plusSeconds(60), 7));
    return sessions.stream().map(session -> session.upload().sessionId()).toList();
  }

  /** Runs commands 0 … n-1 on many threads of both processes at once. */
  private void race(int commands, BiConsumer<PostgresUnitOfWork, Integer> command)
      throws Exception {
    AtomicInteger next = new AtomicInteger();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Collection<Future<?>> workers = new ArrayList<>();
      for (int i = 0; i < 2 * THREADS_PER_PROCESS; i++) {
        PostgresUnitOfWork process = processes.get(i % 2);
        workers.add(
            threads.submit(() -> {
              for (int n = next.getAndIncrement(); n < commands; n = next.getAndIncrement()) {
                command.accept(process, n);
              }
            }));
      }
      for (Future<?> worker : workers) {
        worker.get();
      }
    }
  }

  private NewTask created(int objects) {
    NewTask task = Uploads.task(world, objects, T0);
    processes
        .getFirst()
        .commit(tx -> {
          tx.tasks().create(task);
          return task;
        });
    return task;
  }

  private static TaskProgress find(PostgresUnitOfWork process, NewTask task) {
    return process
        .read(tx ->
            tx.tasks().find(task.task().tenantId(), task.task().projectId(), task.task().taskId()))
        .orElseThrow();
  }

  private Session find(PostgresUnitOfWork process, Session session) {
    return process
        .read(tx -> tx.sessions().find(world.tenantId(), session.upload().sessionId()))
        .orElseThrow();
  }
}
