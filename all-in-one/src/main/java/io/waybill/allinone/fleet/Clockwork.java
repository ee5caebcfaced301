package io.waybill.allinone.fleet;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What happens in the hall, one thing after the other, until it is closed. */
final class Clockwork implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Clockwork.class);

  /** Each machine records about once in this time. */
  private static final Duration SHIFT = Duration.ofSeconds(60);

  /** One thing in so many is a mishap. */
  private static final int MISHAPS = 4;

  private final List<Machine> machines;
  private final Mishaps mishaps;
  private final RandomGenerator chance;
  private final CountDownLatch closed = new CountDownLatch(1);

  Clockwork(List<Machine> machines, Mishaps mishaps, RandomGenerator chance) {
    this.machines = machines;
    this.mishaps = mishaps;
    this.chance = chance;
  }

  void start() {
    if (machines.isEmpty()) {
      return;
    }
    Thread.ofVirtual().name("fleet").start(this::run);
  }

  private void run() {
    for (Machine machine : machines) {
      happens(() -> machine.record());
    }
    while (!rested(SHIFT.dividedBy(machines.size()))) {
      Machine machine = machines.get(chance.nextInt(machines.size()));
      happens(chance.nextInt(MISHAPS) == 0 ? () -> mishaps.befall(machine, this) : machine::record);
    }
  }

  /** Something that happens to a machine. */
  interface Happening {
    void happen() throws IOException, InterruptedException;
  }

  /** A hall goes on, whatever happens in it. */
  private static void happens(Happening what) {
    try {
      what.happen();
    } catch (IOException | RuntimeException e) {
      LOG.warn("simulated machines: {}", e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Has it happen some seconds from now, unless all is over by then. */
  void later(Duration wait, Happening what) {
    Thread.ofVirtual()
        .start(() -> {
          if (!rested(wait)) {
            happens(what);
          }
        });
  }

  /** Waits; whether all is over. */
  private boolean rested(Duration wait) {
    try {
      return closed.await(wait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
