package io.waybill.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.storage.ObjectLocation;
import io.waybill.core.storage.ObjectStore;
import io.waybill.core.storage.StoredObject;
import io.waybill.core.storage.StoredPart;
import io.waybill.simulator.Simulation.Plan;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(7200)
class SimulationTest {

  private static final int LIVES =
      200_000 * Integer.parseInt(System.getenv().getOrDefault("WAYBILL_TEST_SCALE", "1"));

  // Each life has a thread to itself; the more cores, the more of them at once.
  @Test
  void whatever_breaks_every_life_ends_well() {
    Tally tally = new Tally();

    Optional<String> broken =
        LongStream.rangeClosed(1, LIVES)
            .parallel()
            .mapToObj(seed -> broken(seed, tally))
            .flatMap(Optional::stream)
            .findFirst();

    assertThat(broken).isEmpty();
    assertThat(tally.deaths()).as("processes that were killed").isPositive();
    System.getLogger("simulation").log(System.Logger.Level.INFO, "{0}", tally);
  }

  private static Optional<String> broken(long seed, Tally tally) {
    return Simulation.live(seed, Plan.SMALL, tally)
        .map(what -> what + "; its story: ./waybill simulate --seed " + seed);
  }

  @Test
  void one_seed_tells_one_story() {
    assertThat(Lines.of(7, Plan.SMALL))
        .isEqualTo(Lines.of(7, Plan.SMALL))
        .isNotEqualTo(Lines.of(8, Plan.SMALL));
  }

  @Test
  void a_store_that_only_says_that_it_joined_the_parts_is_found_out() {
    assertThat(found(Boasting::new)).contains("is COMPLETED and storage has Optional.empty");
  }

  @Test
  void a_store_that_only_says_that_it_aborted_is_found_out() {
    assertThat(found(Lying.Forgetful::new)).contains("left in the store");
  }

  /** What the first life says that finds something. */
  private static String found(UnaryOperator<ObjectStore> store) {
    return LongStream.rangeClosed(1, 100)
        .mapToObj(seed -> Simulation.live(seed, Plan.SMALL.with(store), new Tally()))
        .flatMap(Optional::stream)
        .findFirst()
        .orElse("nothing");
  }

  /** Takes every word for the deed. */
  private static final class Boasting extends Lying {
    private final Map<ObjectLocation, StoredObject> said = new HashMap<>();

    Boasting(ObjectStore honest) {
      super(honest);
    }

    @Override
    public CompleteOutcome complete(
        ObjectLocation location, String uploadId, List<StoredPart> parts) {
      long size = parts.stream().mapToLong(StoredPart::sizeBytes).sum();
      said.put(location, new StoredObject(size, "\"e\"", null));
      return new CompleteOutcome.Done();
    }

    @Override
    public Optional<StoredObject> head(ObjectLocation location) {
      return Optional.ofNullable(said.get(location));
    }
  }
}
