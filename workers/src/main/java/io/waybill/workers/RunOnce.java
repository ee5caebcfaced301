package io.waybill.workers;

import io.micrometer.core.instrument.MeterRegistry;
import io.waybill.core.app.UseCases;

/** One job, on one thread, until there is nothing more for it to do at once: for operators. */
public final class RunOnce {
  private final Jobs jobs;
  private final MeterRegistry registry;

  public RunOnce(
      WorkerSettings settings, UseCases cases, StorageWork storage, MeterRegistry registry) {
    this.jobs = new Jobs(settings, cases, storage, Watch.counting(registry), new Alarm());
    this.registry = registry;
  }

  /**
   * What was done.
   *
   * @param rounds how many there were
   * @param items things that were taken up
   * @param errors what went wrong, and was said in the log: it stays due
   */
  public record Result(int rounds, long items, long errors) {}

  /** Runs it to its end; safe beside workers that run. */
  public Result run(JobName name) throws InterruptedException {
    Job job = jobs.job(name);
    int rounds = 0;
    try (Round _ = job.round()) {
      boolean more = false;
      do {
        rounds++;
        more = JobRun.once(job).more();
      } while (more);
    }
    double stayedDue = name == JobName.REDRIVE ? registry.counter("cleanup_errors").count() : 0;
    return new Result(
        rounds, Math.round(job.metrics().items()), Math.round(job.metrics().errors() + stayedDue));
  }
}
