package io.waybill.testkit.simulation;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Pattern;

/** What was lived through, in however many lives at once. */
public final class Tally {

  private static final Pattern ROBOT_AND_NUMBER = Pattern.compile("^robot-\\d+ | #\\d+$");

  private final LongAdder lives = new LongAdder();
  private final LongAdder calls = new LongAdder();
  private final LongAdder deaths = new LongAdder();
  private final LongAdder cuts = new LongAdder();
  private final LongAdder waits = new LongAdder();
  private final LongAdder deadlocks = new LongAdder();
  private final Map<Weather.Fate, LongAdder> broken = new EnumMap<>(Weather.Fate.class);

  private final Map<String, Map<String, LongAdder>> reached = new ConcurrentSkipListMap<>();

  /** Nothing yet. */
  public Tally() {
    for (Weather.Fate fate : Weather.BAD) {
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

  /** A call was killed where it had asked this. */
  void killed(Flight flight) {
    reached(flight, "KILLED");
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

  void broke(Flight flight, Weather.Fate how) {
    broken.getOrDefault(how, new LongAdder()).increment();
    reached(flight, how.name());
  }

  private void reached(Flight flight, String how) {
    String command = ROBOT_AND_NUMBER.matcher(flight.what).replaceAll("");
    reached
        .computeIfAbsent(
            command + " at " + flight.question().name(), place -> new ConcurrentSkipListMap<>())
        .computeIfAbsent(how, fate -> new LongAdder())
        .increment();
  }

  /** Where calls were broken, and how, and how often: a line for each command and question. */
  public List<String> reached() {
    return reached.entrySet().stream()
        .map(place -> place.getKey() + " " + place.getValue())
        .toList();
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

  long deadlocks() {
    return deadlocks.sum();
  }

  @Override
  public String toString() {
    return "%s lives, %s calls, %s deaths of a process, %s cuts and clock jumps, %s waits for a row, %s deadlocks, %s"
        .formatted(lives, calls, deaths, cuts, waits, deadlocks, broken);
  }
}
