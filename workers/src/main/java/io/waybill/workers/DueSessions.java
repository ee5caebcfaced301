package io.waybill.workers;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.waybill.core.Outage;
import io.waybill.core.upload.InstantUpload;
import io.waybill.core.upload.Session;
import io.waybill.core.upload.usecase.Redrive;
import io.waybill.core.upload.usecase.Redrive.Walked;
import io.waybill.core.work.Pass;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Walks the sessions that are due, each on a thread of its own. A round claims as many as there are
 * walkers free and waits for none of them: a completion that takes minutes holds up nothing but its
 * own walker. Copies, which may take longer, have walkers of their own: one that finds none free
 * comes up again when its claim ends.
 */
final class DueSessions implements Round {

  private static final Logger LOG = LoggerFactory.getLogger(DueSessions.class);

  /** One copy for so many other walks. */
  private static final int COPIES_SHARE = 4;

  private final Redrive redrive;
  private final Counter scanned;
  private final Counter errors;
  private final OutageLog outages;
  private final Places walkers;
  private final Places copiers;
  private final AtomicBoolean inTrouble = new AtomicBoolean();

  /**
   * Walks over these use cases.
   *
   * @param walkers how many sessions are walked at once: their share of the room for storage
   */
  DueSessions(
      Redrive redrive, int walkers, MeterRegistry registry, JobMetrics metrics, OutageLog outages) {
    this.redrive = redrive;
    this.scanned = registry.counter("cleanup_sessions_scanned");
    this.errors = registry.counter("cleanup_errors");
    this.outages = outages;
    this.walkers = new Places("walker-", walkers, metrics::begun);
    this.copiers = new Places("copier-", Math.max(1, walkers / COPIES_SHARE), metrics::begun);
  }

  /** Waits for a free walker; there is more when there may be, and asking at once may help. */
  @Override
  public Pass run() throws InterruptedException {
    Places.Taken taken = walkers.take(this::claim, this::walkOrCopy);
    return new Pass(taken.items(), taken.isFull() && !inTrouble.getAndSet(false));
  }

  private List<Session> claim(int walkersFree) {
    try {
      List<Session> due = redrive.claim(walkersFree);
      scanned.increment(due.size());
      return due;
    } catch (Outage outage) {
      errors.increment();
      throw outage;
    }
  }

  private void walkOrCopy(Session session) {
    if (!InstantUpload.isCopying(session)) {
      walk(session);
    } else if (!copiers.tryBegin(() -> walk(session))) {
      LOG.debug("no copier is free; session {} is due again", session.upload().sessionId());
    }
  }

  private void walk(Session session) {
    try {
      switch (redrive.walk(session)) {
        case Walked.Done() -> outages.wentWell();
        case Walked.StaysDue(var why) -> {
          errors.increment();
          inTrouble.set(true);
          outages.met(why.code(), why.message());
        }
      }
    } catch (Outage outage) {
      errors.increment();
      inTrouble.set(true);
      outages.met(outage.code(), outage.what());
    } catch (RuntimeException e) {
      errors.increment();
      LOG.atError()
          .setMessage("a defect; the session comes up again when its claim ends")
          .addKeyValue("operation", "redrive")
          .addKeyValue("session_id", session.upload().sessionId())
          .addKeyValue("status", session.status())
          .setCause(e)
          .log();
    }
  }

  /** Waits for the walks under way; an interrupt ends their waiting for storage. */
  @Override
  public void close() {
    walkers.close();
    copiers.close();
  }
}
