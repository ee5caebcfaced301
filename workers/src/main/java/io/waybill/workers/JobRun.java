package io.waybill.workers;

import io.waybill.core.Outage;
import io.waybill.core.trace.Span;
import io.waybill.core.work.Pass;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One round of a job, however it ends. */
final class JobRun {
  private static final Logger LOG = LoggerFactory.getLogger(JobRun.class);
  private static final Pass NOTHING = Pass.whole(0);

  private JobRun() {}

  /** What it did; nothing when it went wrong, which is counted and said. */
  static Pass once(Job job) throws InterruptedException {
    try (Span span = job.metrics().begun()) {
      return once(job, span);
    } finally {
      job.outages().endRound();
    }
  }

  private static Pass once(Job job, Span span) throws InterruptedException {
    try {
      Pass pass = job.round().run();
      job.metrics().wentWell(pass.items());
      job.outages().wentWell();
      return pass;
    } catch (Outage e) {
      job.metrics().wentWrong();
      span.failed(e.code().code());
      job.outages().met(e.code(), e.what());
    } catch (RuntimeException e) {
      job.metrics().wentWrong();
      span.failed(e.getClass().getSimpleName());
      LOG.atError()
          .setMessage("{}: a defect; what was claimed comes up again when its claim ends")
          .addArgument(job.name())
          .addKeyValue("operation", job.name())
          .setCause(e)
          .log();
    }
    return NOTHING;
  }
}
