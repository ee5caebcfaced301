package io.waybill.workers;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.waybill.core.Outage;
import io.waybill.core.app.UseCases;
import io.waybill.core.delivery.Sink;
import io.waybill.core.policy.usecase.ProbeStorage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Background work, in rounds. Every job is safe to run in every replica at once; the pause between
 * two rounds varies by a fifth, so that replicas do not march in step.
 */
public final class Workers implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Workers.class);
  private static final double JITTER = 0.2;
  private static final Duration SEAL_PERIOD = Duration.ofSeconds(1);
  private static final Duration WARN_PERIOD = Duration.ofMinutes(1);
  private static final int FORGET_AT_ONCE = 100;

  /** The rounds of a job. */
  @FunctionalInterface
  public interface Round extends AutoCloseable {
    /** Returns whether there is more to do at once. */
    boolean run() throws InterruptedException;

    /** Ends what rounds have left under way. */
    @Override
    default void close() {}
  }

  /**
   * One kind of background work.
   *
   * @param errors counts what went wrong in it
   * @param outages says which part of the world it waits for
   */
  public record Job(String name, Duration period, Round round, Counter errors, OutageLog outages) {
    Job(String name, Duration period, Round round, Counter errors) {
      this(name, period, round, errors, new OutageLog(name));
    }
  }

  private final CountDownLatch stopping = new CountDownLatch(1);
  private final RandomGenerator random;
  private final List<Thread> threads;
  private final Duration stopGrace;

  private Workers(List<Job> jobs, Duration stopGrace, RandomGenerator random) {
    this.random = random;
    this.stopGrace = stopGrace;
    this.threads =
        jobs.stream()
            .map(job -> Thread.ofVirtual().name("worker-" + job.name()).unstarted(() -> loop(job)))
            .toList();
    threads.forEach(Thread::start);
  }

  /**
   * Starts what keeps uploads moving when nobody calls: redrive, expiry, forgetting; and counts,
   * proves what is counted, and seals the audit trail.
   */
  public static Workers start(WorkerSettings settings, UseCases cases, MeterRegistry registry) {
    return start(jobs(settings, cases, registry), settings.stopGrace());
  }

  /** The same, and tries what the stores do. */
  public static Workers start(
      WorkerSettings settings, UseCases cases, ProbeStorage probing, MeterRegistry registry) {
    List<Job> all = new ArrayList<>(jobs(settings, cases, registry));
    all.add(
        new Job(
            "probe",
            settings.countPeriod(),
            new StorageTrials(probing),
            registry.counter("worker_errors", "job", "probe")));
    return start(all, settings.stopGrace());
  }

  /** Starts what tells one sink what has happened, as often as is asked for. */
  public static Workers relay(UseCases cases, Sink sink, Duration period, MeterRegistry registry) {
    return start(
        List.of(
            new Job(
                "deliver-" + sink.name(),
                period,
                new EventRelay(sink.name(), cases.deliveries().relayTo().apply(sink), registry),
                registry.counter("worker_errors", "job", "deliver"))),
        WorkerSettings.DEFAULT.stopGrace());
  }

  private static List<Job> jobs(WorkerSettings settings, UseCases cases, MeterRegistry registry) {
    Counter errors = registry.counter("cleanup_errors");
    OutageLog outages = new OutageLog("redrive");
    DueSessions redrive =
        new DueSessions(
            cases.uploads().redrive(),
            settings.walkers(),
            registry.counter("cleanup_sessions_scanned"),
            errors,
            outages);
    Round forget =
        () -> cases.idempotency().rememberedRequests().forget(FORGET_AT_ONCE) == FORGET_AT_ONCE;
    return List.of(
        new Job("redrive", settings.redrivePeriod(), redrive, errors, outages),
        new Job(
            "forget",
            settings.forgetPeriod(),
            forget,
            registry.counter("worker_errors", "job", "forget")),
        purges(settings, cases, registry),
        new Job(
            "forget-events",
            settings.forgetPeriod(),
            cases.deliveries().forgetEvents()::handle,
            registry.counter("worker_errors", "job", "forget-events")),
        new Job(
            "backlog",
            settings.countPeriod(),
            new Backlogs(cases.deliveries().countBacklog(), registry),
            registry.counter("worker_errors", "job", "backlog")),
        reconcile(settings, cases, registry),
        warn(cases, registry),
        new Job(
            "seal",
            SEAL_PERIOD,
            cases.audit().sealAudit()::handle,
            registry.counter("worker_errors", "job", "seal")),
        new Job(
            "count",
            settings.countPeriod(),
            new SessionCounts(cases.uploads().countSessions(), registry),
            registry.counter("worker_errors", "job", "count")));
  }

  private static Job reconcile(WorkerSettings settings, UseCases cases, MeterRegistry registry) {
    return new Job(
        "reconcile",
        settings.reconcilePeriod(),
        new QuotaRounds(cases.quotas().reconcileQuotas(), registry.counter("quota_drifts_mended")),
        registry.counter("worker_errors", "job", "reconcile"));
  }

  private static Job warn(UseCases cases, MeterRegistry registry) {
    Round round =
        () -> {
          cases.quotas().warnOfQuotas().handle();
          return false;
        };
    return new Job("warn", WARN_PERIOD, round, registry.counter("worker_errors", "job", "warn"));
  }

  private static Job purges(WorkerSettings settings, UseCases cases, MeterRegistry registry) {
    Counter errors = registry.counter("worker_errors", "job", "purge");
    OutageLog outages = new OutageLog("purge");
    DuePurges round = new DuePurges(cases.datasets().redrivePurges(), errors, outages);
    return new Job("purge", settings.redrivePeriod(), round, errors, outages);
  }

  /** Starts these jobs, each on a thread of its own; the first rounds begin at once. */
  static Workers start(List<Job> jobs, Duration stopGrace) {
    return new Workers(jobs, stopGrace, RandomGenerator.getDefault());
  }

  /** Begins no new round and waits for those under way; what is left undone stays a due intent. */
  @Override
  public void close() {
    stopping.countDown();
    try {
      for (Thread thread : threads) {
        if (!thread.join(stopGrace)) {
          LOG.warn(
              "{} did not end in time; another process takes its intents up", thread.getName());
          thread.interrupt();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void loop(Job job) {
    try (Round rounds = job.round()) {
      boolean more = false;
      do {
        more = run(job, rounds);
      } while (!stopping.await(more ? 0 : pauseMillis(job), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean run(Job job, Round rounds) throws InterruptedException {
    try {
      boolean more = rounds.run();
      job.outages().wentWell();
      return more;
    } catch (Outage e) {
      job.errors().increment();
      job.outages().met(e.code(), e.what());
    } catch (RuntimeException e) {
      job.errors().increment();
      LOG.atError()
          .setMessage("{}: a defect; what was claimed comes up again when its claim ends")
          .addArgument(job.name())
          .addKeyValue("operation", job.name())
          .setCause(e)
          .log();
    } finally {
      job.outages().endRound();
    }
    return false;
  }

  private long pauseMillis(Job job) {
    double factor = 1 - JITTER + 2 * JITTER * random.nextDouble();
    return Math.max(1, Math.round(job.period().toMillis() * factor));
  }
}
