package io.waybill.controlapi;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.waybill.core.app.UseCases;
import io.waybill.core.port.Outage;
import io.waybill.core.upload.usecase.Redrive;
import java.time.Duration;
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

  /** One round of a job. */
  @FunctionalInterface
  public interface Round {
    /** Returns whether there is more to do at once. */
    boolean run();
  }

  /**
   * One kind of background work.
   *
   * @param errors counts its rounds that ended in an outage or a defect
   */
  public record Job(String name, Duration period, Round round, Counter errors) {}

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

  /** Starts what keeps uploads moving when nobody calls: redrive, expiry, forgetting. */
  public static Workers start(WorkerSettings settings, UseCases cases, MeterRegistry registry) {
    Counter scanned = registry.counter("cleanup_sessions_scanned");
    Counter errors = registry.counter("cleanup_errors");
    int batch = settings.batch();
    Round redrive =
        () -> {
          Redrive.Round round = cases.redrive().handle(batch);
          scanned.increment(round.claimed());
          errors.increment(round.unreachable());
          // Sessions that storage gave no answer for come up again; asking at once would not help.
          return round.claimed() == batch && round.unreachable() == 0;
        };
    Round forget = () -> cases.rememberedRequests().forget(batch) == batch;
    return start(
        List.of(
            new Job("redrive", settings.redrivePeriod(), redrive, errors),
            new Job(
                "forget",
                settings.forgetPeriod(),
                forget,
                registry.counter("worker_errors", "job", "forget"))),
        settings.stopGrace());
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
    try {
      boolean more = false;
      do {
        more = round(job);
      } while (!stopping.await(more ? 0 : pauseMillis(job), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean round(Job job) {
    try {
      return job.round().run();
    } catch (Outage e) {
      job.errors().increment();
      LOG.atWarn()
          .setMessage("{}: no answer; intents stay due and the next round takes them up")
          .addArgument(job.name())
          .addKeyValue("operation", job.name())
          .addKeyValue("error_code", e.code().code())
          .log();
    } catch (RuntimeException e) {
      job.errors().increment();
      LOG.atError()
          .setMessage("{}: a defect; what was claimed comes up again when its claim ends")
          .addArgument(job.name())
          .addKeyValue("operation", job.name())
          .setCause(e)
          .log();
    }
    return false;
  }

  private long pauseMillis(Job job) {
    double factor = 1 - JITTER + 2 * JITTER * random.nextDouble();
    return Math.max(1, Math.round(job.period().toMillis() * factor));
  }
}
