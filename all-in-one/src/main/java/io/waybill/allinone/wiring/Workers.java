package io.waybill.allinone.wiring;

import io.waybill.core.app.UseCases;
import io.waybill.core.port.Outage;
import io.waybill.core.upload.usecase.Redrive;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes up what others left behind, again and again. Every replica may run it: what one has claimed
 * the others leave alone.
 */
final class Workers implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Workers.class);
  private static final int SESSIONS = 50;
  private static final int RECORDS = 1000;

  private final UseCases useCases;
  private final Duration period;
  private final Thread thread;

  private Workers(UseCases useCases, Duration period) {
    this.useCases = useCases;
    this.period = period;
    this.thread = Thread.ofVirtual().name("workers").unstarted(this::run);
  }

  static Workers start(UseCases useCases, Duration period) {
    Workers workers = new Workers(useCases, period);
    workers.thread.start();
    return workers;
  }

  private void run() {
    try {
      while (!Thread.interrupted()) {
        boolean isBehind = round();
        if (!isBehind) {
          Thread.sleep(period);
        }
      }
    } catch (InterruptedException e) {
      LOG.debug("told to stop");
    }
  }

  /** Whether there was more to do than one round takes. */
  private boolean round() {
    try {
      Redrive.Round sessions = useCases.redrive().handle(SESSIONS);
      int forgotten = useCases.rememberedRequests().forget(RECORDS);
      if (sessions.unreachable() > 0) {
        LOG.warn("{} sessions wait for storage; they are taken up again", sessions.unreachable());
        return false;
      }
      return sessions.claimed() == SESSIONS || forgotten == RECORDS;
    } catch (Outage outage) {
      LOG.warn("background work waits: {}", outage.getMessage());
    } catch (RuntimeException bug) {
      LOG.error("background work failed; the next round tries again", bug);
    }
    return false;
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join(Duration.ofSeconds(10));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
