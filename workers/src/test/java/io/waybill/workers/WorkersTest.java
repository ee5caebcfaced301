package io.waybill.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.waybill.core.Outage;
import io.waybill.core.Verdict;
import io.waybill.core.app.CommitListener;
import io.waybill.core.policy.usecase.ProbeStorage;
import io.waybill.core.recovery.usecase.RecoverDatasets;
import io.waybill.core.storage.StorageDirectory;
import io.waybill.core.storage.UnfinishedUploads.Listing;
import io.waybill.core.upload.SessionStatus;
import io.waybill.core.upload.usecase.CountStandingStill;
import io.waybill.core.upload.usecase.SweepUploads;
import io.waybill.core.validation.Pace;
import io.waybill.core.validation.usecase.ValidateDatasets;
import io.waybill.core.work.Pass;
import io.waybill.testkit.LogCapture;
import io.waybill.testkit.Plant;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WorkersTest {

  private static final Duration SOON = Duration.ofMillis(1);
  private static final Duration NEVER = Duration.ofDays(1);
  private static final Duration GRACE = Duration.ofSeconds(10);

  private static final Listing NONE = new Listing(List.of(), null);
  private static final Pass NOTHING = Pass.whole(0);

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  @Test
  void rounds_go_on_after_an_outage_and_after_a_defect() {
    AtomicInteger rounds = new AtomicInteger();
    Round round =
        () ->
            switch (rounds.incrementAndGet()) {
              case 1 -> throw Outage.database("away", new IOException("refused"));
              case 2 -> throw new IllegalStateException("a bug");
              default -> NOTHING;
            };
    try (Workers _ = start(job(SOON, round))) {
      await().until(() -> rounds.get() > 3);
    }

    assertThat(registry.counter("worker_errors", "worker", "job").count()).isEqualTo(2);
  }

  @Test
  void a_full_round_is_followed_by_the_next_at_once() {
    AtomicInteger rounds = new AtomicInteger();
    Round round = () -> new Pass(1, rounds.incrementAndGet() < 5);
    try (Workers _ = start(job(NEVER, round))) {
      await().until(() -> rounds.get() == 5);
    }
    assertThat(rounds).hasValue(5);
    await().until(() -> registry.counter("worker_items", "worker", "job").count() == 5);
    assertThat(registry.counter("worker_runs", "worker", "job").count()).isEqualTo(5);
    assertThat(registry.get("worker_last_success_timestamp_seconds").gauge().value()).isPositive();
    assertThat(registry.get("worker_period_seconds").gauge().value()).isEqualTo(86_400);
  }

  @Test
  void by_hand_a_job_runs_to_its_end_and_says_what_it_did() throws InterruptedException {
    Plant plant = new Plant(CommitListener.NONE);
    UUID session = plant.create(1);
    plant.time.advance(Duration.ofDays(2));
    RunOnce byHand = new RunOnce(WorkerSettings.DEFAULT, plant.cases, storage(plant), registry);

    assertThat(byHand.run(JobName.REDRIVE)).isEqualTo(new RunOnce.Result(1, 1, 0));
    assertThat(plant.status(session)).isEqualTo(SessionStatus.EXPIRED);
  }

  @Test
  void close_waits_for_the_round_under_way_and_begins_no_other() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    AtomicBoolean ended = new AtomicBoolean();
    AtomicInteger rounds = new AtomicInteger();
    Workers workers =
        start(
            job(
                SOON,
                () -> {
                  rounds.incrementAndGet();
                  begun.countDown();
                  awaitLatch(release);
                  ended.set(true);
                  return new Pass(1, true);
                }));
    begun.await();
    Thread closer = Thread.ofVirtual().start(workers::close);
    await().until(() -> closer.getState() == Thread.State.TIMED_WAITING);
    release.countDown();
    closer.join();

    assertThat(ended).isTrue();
    assertThat(rounds).hasValue(1);
  }

  @Test
  void each_job_counts_its_own_errors() {
    Plant plant = new Plant(CommitListener.NONE);
    plant.database.down = true;
    WorkerSettings settings = new WorkerSettings(NEVER, SOON, NEVER, NEVER, 16, 50, GRACE);
    try (Workers _ = workers(settings, plant)) {
      await().until(() -> registry.counter("worker_errors", "worker", "forget").count() > 3);
    }

    assertThat(registry.counter("cleanup_errors").count()).isEqualTo(1);
  }

  @Test
  void an_outage_is_said_once_as_such_and_its_end_as_well() {
    AtomicInteger rounds = new AtomicInteger();
    Round round =
        () -> {
          int number = rounds.incrementAndGet();
          if (number <= 20) {
            throw Outage.database("no connection", new IOException("refused"));
          }
          return NOTHING;
        };
    try (LogCapture log = new LogCapture()) {
      try (Workers _ = start(job(SOON, round))) {
        await().until(() -> rounds.get() > 22);
      }
      assertThat(log.linesWith("no connection"))
          .singleElement()
          .asString()
          .contains("stays due", "error_code=database.unavailable")
          .doesNotContain("IOException");
      assertThat(log.linesWith("database.unavailable is over")).hasSize(1);
    }
  }

  @Test
  void one_slow_completion_holds_up_no_other_background_work() {
    Plant plant = new Plant(CommitListener.NONE);
    UUID slow = plant.create(1);
    plant.put(slow, 1, Plant.PART_BYTES);
    plant.store.down = true;
    assertThat(plant.complete(slow)).isInstanceOf(Verdict.Refused.class);
    plant.store.down = false;
    UUID expired = plant.create(1);
    CountDownLatch release = new CountDownLatch(1);
    plant.store.beforeComplete = () -> awaitLatch(release);
    plant.time.advance(Duration.ofDays(2));
    WorkerSettings settings = new WorkerSettings(SOON, SOON, NEVER, NEVER, 2, 50, GRACE);
    try (Workers _ = workers(settings, plant)) {
      await().until(() -> plant.status(expired) == SessionStatus.ABORTED);
      assertThat(plant.status(slow)).isEqualTo(SessionStatus.COMPLETING);
      release.countDown();
      await().until(() -> plant.status(slow) == SessionStatus.COMPLETED);
    }
  }

  @Test
  void an_expired_session_is_expired_and_later_aborted_without_anybody_calling() {
    Plant plant = new Plant(CommitListener.NONE);
    UUID session = plant.create(1);
    plant.time.advance(Duration.ofDays(2));
    WorkerSettings settings = new WorkerSettings(SOON, SOON, NEVER, NEVER, 16, 50, GRACE);
    try (Workers _ = workers(settings, plant)) {
      await().until(() -> plant.objects.openUploads().isEmpty());
      await().until(() -> plant.status(session) == SessionStatus.ABORTED);
    }
  }

  @Test
  void sessions_that_do_not_get_on_are_counted_and_told_once() throws InterruptedException {
    Plant plant = new Plant(CommitListener.NONE);
    plant.create(1);
    StandingStillCounts counts = new StandingStillCounts(storage(plant).standingStill(), registry);
    var gauge = registry.get("upload_sessions_standing_still").tag("kind", "NEAR_PURGE").gauge();
    assertThat(gauge.value()).isNaN();
    assertThat(counts.run()).isEqualTo(Pass.whole(0));
    plant.time.advance(Duration.ofHours(22).plusSeconds(1));
    try (LogCapture log = new LogCapture()) {
      counts.run();
      counts.run();
      assertThat(log.linesWith("things do not get on")).hasSize(1);
    }
    assertThat(gauge.value()).isOne();
    plant.database.down = true;
    assertThatThrownBy(counts::run).isInstanceOf(Outage.class);
    assertThat(gauge.value()).isNaN();
  }

  @Test
  void settings_that_make_no_sense_are_refused() {
    assertThatThrownBy(() -> new WorkerSettings(Duration.ZERO, SOON, SOON, SOON, 1, 1, SOON))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new WorkerSettings(SOON, SOON, SOON, SOON, 0, 1, SOON))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private Workers workers(WorkerSettings settings, Plant plant) {
    return Workers.start(
        settings, plant.cases, storage(plant), Watch.counting(registry), new Alarm());
  }

  static StorageWork storage(Plant plant) {
    StorageDirectory directory = StorageDirectory.of("default", "robot-data");
    return new StorageWork(
        new ProbeStorage(plant.ports, directory, (endpoint, bucket) -> Set.of()),
        new ValidateDatasets(plant.ports, plant.objects, (file, bytes) -> List.of(), Pace.ANY),
        new RecoverDatasets(plant.ports, plant.objects),
        new SweepUploads(plant.ports, (endpoint, bucket, prefix, after) -> NONE),
        new CountStandingStill(plant.ports, Duration.ofDays(1)));
  }

  private Workers start(Job job) {
    return Workers.start(List.of(job), GRACE);
  }

  private Job job(Duration period, Round round) {
    JobMetrics metrics = new JobMetrics(Watch.counting(registry), "job", period);
    return new Job("job", period, 0, round, metrics, OutageLog.of("job"));
  }

  private static void awaitLatch(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
