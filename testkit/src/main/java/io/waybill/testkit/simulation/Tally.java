package io.waybill.testkit.simulation;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What was lived through, in however many lives at once. */
public final class Tally {

  private final LongAdder lives = new LongAdder();
  private final LongAdder calls = new LongAdder();
  private final LongAdder deaths = new LongAdder();
  private final LongAdder cuts = new LongAdder();
  private final LongAdder waits = new LongAdder();
  private final LongAdder deadlocks = new LongAdder();
  private final Map<Weather.Fate, LongAdder> broken = new EnumMap<>(Weather.Fate.class);

  /** Nothing yet. */
  public Tally() {
    for (Weather.Fate fate : Weather.Fate.values()) {
      broken.put(fate, new LongAdder());
    }
  }

  void lived() {
    lives.increment();
  }

  void begun() {
    calls.increment();
  }

  void died() {
    deaths.increment();
  }

  void cut() {
    cuts.increment();
  }

  void waited() {
    waits.increment();
  }

  void deadlocked() {
    deadlocks.increment();
  }

  void broke(Weather.Fate how) {
    broken.getOrDefault(how, new LongAdder()).increment();
  }

  public long lives() {
    return lives.sum();
  }

  public long calls() {
    return calls.sum();
  }

  public long deaths() {
    return deaths.sum();
  }

  @Override
  public String toString() {
    return "%s lives, %s calls, %s deaths of a process, %s cuts and clock jumps, %s waits for a row, %s deadlocks, %s"
        .formatted(lives, calls, deaths, cuts, waits, deadlocks, broken);
  }
}
