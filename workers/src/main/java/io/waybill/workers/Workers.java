package io.waybill.workers;

import io.waybill.core.app.UseCases;
import io.waybill.core.delivery.Sink;
import io.waybill.core.delivery.usecase.RelayEvents;
import io.waybill.core.device.CommandChannel;
import io.waybill.core.device.usecase.TellCommands;
import java.time.Duration;
import java.util.List;
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

  private final List<Job> jobs;
  private final RandomGenerator random;
  private final List<Thread> threads;
  private final Duration stopGrace;
  private volatile boolean isStopping;

  private Workers(List<Job> jobs, Duration stopGrace, RandomGenerator random) {
    this.jobs = List.copyOf(jobs);
    this.random = random;
    this.stopGrace = stopGrace;
    this.threads =
        jobs.stream()
            .map(job -> Thread.ofVirtual().name("worker-" + job.name()).unstarted(() -> loop(job)))
            .toList();
    threads.forEach(Thread::start);
  }

  /**
   * Starts every job of {@link JobName}: what moves when nobody calls.
   *
   * @param news rung when something has happened that somebody is to be told
   */
  public static Workers start(
      WorkerSettings settings, UseCases cases, StorageWork storage, Watch watch, Alarm news) {
    return start(new Jobs(settings, cases, storage, watch, news).all(), settings.stopGrace());
  }

  /**
   * Starts what tells one sink what has happened.
   *
   * @param news rung when something has; what it misses is found after {@code period}
   */
  public static Workers relay(UseCases cases, Sink sink, Duration period, Alarm news, Watch watch) {
    String name = "deliver-" + sink.name();
    EventRelay relay =
        new EventRelay(
            sink.name(),
            cases.deliveries().relayTo().apply(new TracedSink(sink, watch.tracer())),
            watch.registry());
    JobMetrics metrics = new JobMetrics(watch, name, period);
    Job job = new Job(name, period, RelayEvents.BATCH, relay, metrics, OutageLog.of(name), news);
    return start(List.of(job), WorkerSettings.DEFAULT.stopGrace());
  }

  /**
   * Starts what tells devices what they are asked to do.
   *
   * @param news rung when something has happened; what it misses is found after {@code period}
   */
  public static Workers commands(
      UseCases cases, CommandChannel channel, Duration period, Alarm news, Watch watch) {
    String name = "commands";
    CommandRelay relay =
        new CommandRelay(cases.devices().tellOver().apply(channel), watch.registry());
    JobMetrics metrics = new JobMetrics(watch, name, period);
    Job job = new Job(name, period, TellCommands.BATCH, relay, metrics, OutageLog.of(name), news);
    return start(List.of(job), WorkerSettings.DEFAULT.stopGrace());
  }

  /** Starts these jobs, each on a thread of its own; the first rounds begin at once. */
  static Workers start(List<Job> jobs, Duration stopGrace) {
    return new Workers(jobs, stopGrace, RandomGenerator.getDefault());
  }

  /**
   * Throws, with their names, when some have not gone well for ten periods and a minute.
   *
   * @throws IllegalStateException then
   */
  public void check() {
    List<String> stuck =
        jobs.stream().filter(job -> job.metrics().isStuck()).map(Job::name).toList();
    if (!stuck.isEmpty()) {
      throw new IllegalStateException("workers that do not get on: " + String.join(", ", stuck));
    }
  }

  /** Begins no new round and waits for those under way; what is left undone stays a due intent. */
  @Override
  public void close() {
    isStopping = true;
    jobs.forEach(job -> job.alarm().ring());
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
    try (Round _ = job.round()) {
      do {
        if (!JobRun.once(job).more() && !isStopping) {
          job.alarm().await(pause(job));
        }
      } while (!isStopping);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Duration pause(Job job) {
    double factor = 1 - JITTER + 2 * JITTER * random.nextDouble();
    long millis = Math.round(job.round().pause(job.period()).toMillis() * factor);
    return Duration.ofMillis(Math.max(1, millis));
  }
}
