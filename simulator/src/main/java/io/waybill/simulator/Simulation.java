package io.waybill.simulator;

import io.waybill.core.storage.ObjectStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Lives of the control plane, each from one seed. */
public final class Simulation {

  private Simulation() {}

  /**
   * How large a life is.
   *
   * @param turns decisions of the scheduler while things may break
   * @param way on which robots come; null leaves it to chance
   * @param store how the servers see the store: a lie planted here must be found
   * @param story hears what happens, line by line; null is faster
   */
  public record Plan(
      int replicas,
      int robots,
      int turns,
      @Nullable Way way,
      UnaryOperator<ObjectStore> store,
      @Nullable Consumer<String> story) {

    /** Two servers, four robots, and nobody who listens. */
    public static final Plan SMALL = new Plan(2, 4, 1200, null, store -> store, null);

    /** The same life, with robots that come this way. */
    Plan over(Way other) {
      return new Plan(replicas, robots, turns, other, store, story);
    }

    /** The same life with such a store. */
    public Plan with(UnaryOperator<ObjectStore> other) {
      return new Plan(replicas, robots, turns, way, other, story);
    }

    /** The same life, told. */
    public Plan told(Consumer<String> to) {
      return new Plan(replicas, robots, turns, way, store, to);
    }
  }

  /** Lives one life; what was broken in it, if anything, in a sentence. */
  public static Optional<String> live(long seed, Plan plan, Tally tally) {
    return live(Dice.seeded(seed), plan, tally);
  }

  private static Optional<String> live(Dice dice, Plan plan, Tally tally) {
    tally.lived();
    try {
      new Life(dice, plan, tally).live();
      return Optional.empty();
    } catch (Broken broken) {
      Throwable cause = broken.getCause();
      return Optional.of(broken.getMessage() + (cause == null ? "" : ": " + cause));
    }
  }

  /**
   * The shortest story that was found to break what this seed's life breaks, line by line, the
   * sentence of {@link #live} last; empty when nothing breaks.
   *
   * @param tries how many lives to spend on it
   */
  public static List<String> shortest(long seed, Plan plan, int tries) {
    Dice dice = Dice.seeded(seed);
    Optional<String> broken = live(dice, plan, new Tally());
    return broken
        .map(what -> kind(what))
        .map(kind -> Shrinking.of(dice.chosen(), tries, row -> kind.equals(kindOf(row, plan))))
        .map(row -> story(Dice.given(row), plan))
        .orElse(List.of());
  }

  private static List<String> story(Dice dice, Plan plan) {
    List<String> story = new ArrayList<>();
    live(dice, plan.told(story::add), new Tally()).ifPresent(story::add);
    return story;
  }

  private static String kindOf(int[] choices, Plan plan) {
    return live(Dice.given(choices), plan, new Tally()).map(Simulation::kind).orElse("");
  }

  /** The same sentence of another session. */
  private static String kind(String broken) {
    return broken.replaceAll("[0-9a-f]{8}-[0-9a-f-]{27}|[0-9]+", "*");
  }
}
