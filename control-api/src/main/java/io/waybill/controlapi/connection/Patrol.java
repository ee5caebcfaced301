package io.waybill.controlapi.connection;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Looks at all connections a few times a second and closes those that keep us waiting. */
public final class Patrol implements AutoCloseable {

  private static final Duration ROUND = Duration.ofMillis(250);

  private final Set<Patience> watched = ConcurrentHashMap.newKeySet();
  private final CountDownLatch stopping = new CountDownLatch(1);

  private Patrol() {}

  public static Patrol start() {
    Patrol patrol = new Patrol();
    Thread.ofPlatform().daemon().name("connection-patrol").start(patrol::walk);
    return patrol;
  }

  void watch(Patience patience) {
    watched.add(patience);
  }

  void leave(Patience patience) {
    watched.remove(patience);
  }

  @Override
  public void close() {
    stopping.countDown();
  }

  private void walk() {
    try {
      while (!stopping.await(ROUND.toMillis(), TimeUnit.MILLISECONDS)) {
        long now = System.nanoTime();
        watched.forEach(patience -> patience.check(now));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
