package io.waybill.testkit.simulation;

import io.waybill.core.storage.ObjectStore;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Lives of the control plane, each from one seed. */
public final class Simulation {

  private Simulation() {}

  /**
   * How large a life is.
   *
   * @param turns decisions of the scheduler while things may break
   * @param store how the servers see the store: a lie planted here must be found
   * @param story hears what happens, line by line
   */
  public record Plan(
      int replicas,
      int robots,
      int turns,
      UnaryOperator<ObjectStore> store,
      Consumer<String> story) {

    /** Two servers, four robots, and nobody who listens. */
    public static final Plan SMALL = new Plan(2, 4, 600, store -> store, line -> {});

    /** The same life with such a store. */
    public Plan with(UnaryOperator<ObjectStore> other) {
      return new Plan(replicas, robots, turns, other, story);
    }

    /** The same life, told. */
    public Plan told(Consumer<String> to) {
      return new Plan(replicas, robots, turns, store, to);
    }
  }

  /** What was lived through. */
  public static final class Tally {
    private long lives;
    private long calls;
    private long deaths;
    private final Map<Life.Fate, Long> broken = new EnumMap<>(Life.Fate.class);

    void begun() {
      calls++;
    }

    void died() {
      deaths++;
    }

    void broke(Life.Fate how) {
      broken.merge(how, 1L, Long::sum);
    }

    public long lives() {
      return lives;
    }

    public long calls() {
      return calls;
    }

    public long deaths() {
      return deaths;
    }

    @Override
    public String toString() {
      return "%d lives, %d calls, %d deaths of a process, %s"
          .formatted(lives, calls, deaths, broken);
    }
  }

  /** Lives one life; what was broken in it, if anything, in a sentence. */
  public static Optional<String> live(long seed, Plan plan, Tally tally) {
    tally.lives++;
    try {
      new Life(seed, plan, tally).live();
      return Optional.empty();
    } catch (Broken broken) {
      Throwable cause = broken.getCause();
      return Optional.of(broken.getMessage() + (cause == null ? "" : ": " + cause));
    }
  }
}
