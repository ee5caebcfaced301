package io.waybill.agent.local;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One round of something that goes on for as long as the program runs. A fault in it is told as the
 * end of its thread would be, and the next round comes all the same: without this, one exception
 * would end for good what nobody starts again. A fault that lasts is told once an hour: a machine
 * may be off line for weeks, and its journal is not to be filled.
 */
public final class Round {

  private static final long AN_HOUR_NANOS = 3_600_000_000_000L;
  private static final int MOST_KINDS = 100;

  /** When each kind of fault was told last. */
  private static final Map<String, Long> TOLD = new ConcurrentHashMap<>();

  private Round() {}

  /** The same work, without its faults. */
  public static Runnable of(Runnable work) {
    return () -> {
      try {
        work.run();
      } catch (RuntimeException bug) {
        tell(bug);
      }
    };
  }

  /** To whoever hears of threads that ended, unless it has just heard of the same. */
  public static void tell(RuntimeException bug) {
    StackTraceElement[] trace = bug.getStackTrace();
    String kind = bug.getClass().getName() + (trace.length == 0 ? "" : " " + trace[0]);
    long now = System.nanoTime();
    if (TOLD.size() >= MOST_KINDS) {
      TOLD.clear();
    }
    Long last = TOLD.get(kind);
    if (last != null && now - last < AN_HOUR_NANOS) {
      return;
    }
    TOLD.put(kind, now);
    Thread mine = Thread.currentThread();
    mine.getUncaughtExceptionHandler().uncaughtException(mine, bug);
  }
}
