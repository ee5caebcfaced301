package io.waybill.simulator;

import io.waybill.core.upload.SessionStatus;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** What was lived through, in however many lives at once. */
public final class Tally {

  /**
   * Where a call was broken, and how.
   *
   * @param state of the session that the call is about; null where it is about none
   */
  private record Place(String call, @Nullable SessionStatus state, String question, String how) {

    private String name() {
      return call + (state == null ? "" : " of " + state) + " at " + question;
    }
  }

  private final LongAdder lives = new LongAdder();
  private final LongAdder calls = new LongAdder();
  private final LongAdder deaths = new LongAdder();
  private final LongAdder cuts = new LongAdder();
  private final LongAdder waits = new LongAdder();
  private final LongAdder deadlocks = new LongAdder();
  private final Map<Weather.Fate, LongAdder> broken = new EnumMap<>(Weather.Fate.class);

  private final Map<Place, LongAdder> reached = new ConcurrentHashMap<>();

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
  void killed(Flight flight, @Nullable SessionStatus state) {
    reached(flight, state, "KILLED");
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

  void broke(Flight flight, @Nullable SessionStatus state, Weather.Fate how) {
    broken.getOrDefault(how, new LongAdder()).increment();
    reached(flight, state, how.name());
  }

  private void reached(Flight flight, @Nullable SessionStatus state, String how) {
    reached
        .computeIfAbsent(
            new Place(flight.what, state, flight.question().name(), how), p -> new LongAdder())
        .increment();
  }

  /** Where calls were broken, and how, and how often: a line for each command and question. */
  public List<String> reached() {
    Map<String, Map<String, Long>> lines = new TreeMap<>();
    reached.forEach((place, times) ->
        lines.computeIfAbsent(place.name(), line -> new TreeMap<>()).put(place.how(), times.sum()));
    return lines.entrySet().stream().map(line -> line.getKey() + " " + line.getValue()).toList();
  }

  /** Which requests about sessions of which states were never broken. */
  public List<String> never() {
    List<String> never = new ArrayList<>();
    for (Wish.Goal goal : Wish.Goal.ofSessions()) {
      for (SessionStatus state : SessionStatus.values()) {
        boolean isReached =
            reached.keySet().stream()
                .anyMatch(place -> place.call().equals(goal.name()) && place.state() == state);
        if (!isReached) {
          never.add(goal + " of " + state);
        }
      }
    }
    return never;
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
